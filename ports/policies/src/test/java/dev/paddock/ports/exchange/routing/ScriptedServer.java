package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.domain.routing.Backend;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.ModelCatalogPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server that answers as a test says, and counts what it is asked. */
final class ScriptedServer implements ExchangePort, ModelCatalogPort {

    private final String name;
    private final Set<String> labels;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();
    private volatile List<String> models = List.of();
    private volatile List<String> running = List.of();
    private volatile AnswerVerdict verdict = AnswerVerdict.OK;
    private volatile @Nullable Supplier<LlmException> failure;
    private volatile @Nullable Supplier<LlmException> pollFailure;
    private volatile String digest = "digest";
    private volatile Set<String> missing = Set.of();
    private volatile boolean breaksAnswers;
    private volatile boolean closed;
    private volatile Runnable work = () -> {};
    private volatile Framing framing = Framing.LINES;
    private boolean hasNativeApi = true;
    private int slots;

    ScriptedServer(String name, String... labels) {
        this.name = name;
        this.labels = Set.of(labels);
    }

    ScriptedServer models(String... names) {
        models = List.of(names);
        return this;
    }

    ScriptedServer running(String... names) {
        running = List.of(names);
        return this;
    }

    ScriptedServer slots(int count) {
        slots = count;
        return this;
    }

    /** Has the API of OpenAI only. */
    ScriptedServer withoutNativeApi() {
        hasNativeApi = false;
        return this;
    }

    /** Begins an answer only when it is whole. */
    ScriptedServer document() {
        framing = Framing.DOCUMENT;
        return this;
    }

    /** Does this before each answer. */
    ScriptedServer working(Runnable newWork) {
        work = newWork;
        return this;
    }

    ScriptedServer digest(String text) {
        digest = text;
        return this;
    }

    void answer(AnswerVerdict newVerdict) {
        verdict = newVerdict;
        failure = null;
    }

    /** Does not have these models, whatever it lists. */
    ScriptedServer missing(String... names) {
        missing = Set.of(names);
        return this;
    }

    /** Breaks each answer after its first frame. */
    void breakAnswers() {
        breaksAnswers = true;
    }

    void fail(@Nullable Supplier<LlmException> newFailure) {
        failure = newFailure;
    }

    void failPolls(@Nullable Supplier<LlmException> newFailure) {
        pollFailure = newFailure;
    }

    Route route() {
        Backend backend = new Backend(new BackendId(name), BaseUrl.parse("http://" + name + ":1"), hasNativeApi, 1, slots, labels);
        return new Route(backend, this, this, () -> closed = true);
    }

    /** Returns the models that calls asked for, in their order. */
    List<String> asked() {
        return new ArrayList<>(asked);
    }

    int calls() {
        return asked.size();
    }

    int polls() {
        return polls.get();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        asked.add(String.valueOf(request.model()));
        Supplier<LlmException> present = failure;
        if (present != null) {
            throw present.get();
        }
        work.run();
        boolean isMissing = missing.contains(String.valueOf(request.model()));
        return new Answer(name, isMissing ? AnswerVerdict.MODEL_MISSING : verdict, framing, breaksAnswers);
    }

    @Override
    public List<ModelSummary> models(CallContext context) {
        Supplier<LlmException> present = pollFailure;
        if (present != null) {
            polls.incrementAndGet();
            throw present.get();
        }
        if (!hasNativeApi) {
            polls.incrementAndGet(); // nothing else is asked for
        }
        return models.stream().map(model -> new ModelSummary(model, null, 1, digest, ModelTraits.UNKNOWN, List.of())).toList();
    }

    @Override
    public List<RunningModel> runningModels(CallContext context) {
        Supplier<LlmException> present = pollFailure;
        polls.incrementAndGet();
        if (present != null) {
            throw present.get();
        }
        return running.stream().map(model -> new RunningModel(model, 1, 1, digest, ModelTraits.UNKNOWN, Instant.now().plus(Duration.ofDays(900)), 4096)).toList();
    }

    @Override
    public ModelDetails show(ModelName model, CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public ResponseStream<PullProgress> pull(ModelName model, CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public void delete(ModelName model, CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public void copy(ModelName source, ModelName destination, CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public String version(CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    /** An answer of two frames, or an error without a body. */
    private static final class Answer implements Exchange {

        private final ExchangeHead head;
        private final AnswerVerdict verdict;
        private final boolean isBroken;
        private int left;

        Answer(String server, AnswerVerdict verdict, Framing framing, boolean isBroken) {
            this.isBroken = isBroken;
            int status = verdict == AnswerVerdict.OK ? 200 : 500;
            this.head = new ExchangeHead(status, Headers.EMPTY, framing, Provenance.of(new BackendId(server), 1, true));
            this.verdict = verdict;
            this.left = verdict == AnswerVerdict.OK ? 2 : 0;
        }

        @Override
        public ExchangeHead head() {
            return head;
        }

        @Override
        public AnswerVerdict verdict() {
            return verdict;
        }

        @Override
        public @Nullable Frame next() {
            if (isBroken && left == 1) {
                throw new ConnectionLostException("the server broke the answer", ErrorFacts.NONE.withAttempts(1));
            }
            return left-- > 0 ? Frame.data(new byte[] {'x', '\n'}) : null;
        }

        @Override
        public void close() {
            left = 0;
        }
    }
}
