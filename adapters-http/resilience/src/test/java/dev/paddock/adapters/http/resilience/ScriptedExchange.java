package dev.paddock.adapters.http.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An answer with given frames, at whose end it is complete or fails. It keeps the contract of an exchange. */
final class ScriptedExchange implements Exchange {

    private static final AnswerClassifier CLASSIFIER = new OllamaDialect().answers();
    private static final Object COMPLETE = new Object();

    private final ExchangeHead head;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final @Nullable LlmException failure;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private @Nullable ExchangeRequest request; // set when the exchange is opened
    private @Nullable AnswerVerdict verdictOnFailure;
    private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

    private ScriptedExchange(int status, Headers headers, Framing framing, @Nullable LlmException failure) {
        this.head = new ExchangeHead(
                status, headers, framing, Provenance.of(BackendId.of(ScriptedBackend.URL), 1, false));
        this.failure = failure;
    }

    static ScriptedExchange stream(String... lines) {
        return brokenStream(null, lines);
    }

    static ScriptedExchange brokenStream(@Nullable LlmException failure, String... lines) {
        return new ScriptedExchange(200, Headers.EMPTY, Framing.LINES, failure).with(lines);
    }

    static ScriptedExchange document(int status, Headers headers, String... parts) {
        return new ScriptedExchange(status, headers, Framing.DOCUMENT, null).with(parts);
    }

    static ScriptedExchange brokenDocument(int status, LlmException failure, String... parts) {
        return new ScriptedExchange(status, Headers.EMPTY, Framing.DOCUMENT, failure).with(parts);
    }

    private ScriptedExchange with(String... texts) {
        for (String text : texts) {
            frames.add(Frame.data(text.getBytes(UTF_8)));
        }
        return this;
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public @Nullable Frame next() {
        Object reached = outcome.get();
        if (reached == null && !frames.isEmpty()) {
            Frame frame = frames.poll();
            read.writeBytes(frame.bytes());
            return frame;
        }
        end(failure == null ? COMPLETE : failure);
        if (outcome.get() instanceof LlmException thrown) {
            failed(thrown);
            throw thrown;
        }
        return null;
    }

    /** Judges as the exchange over HTTP does, by the words of Ollama. */
    @Override
    public AnswerVerdict verdict() {
        AnswerVerdict onFailure = verdictOnFailure;
        if (onFailure != null) {
            return onFailure;
        }
        return head.isSuccess() ? AnswerVerdict.OK : CLASSIFIER.classify(request, head, read.toByteArray());
    }

    @Override
    public void reject(LlmException reason) {
        failed(reason);
        close();
    }

    private void failed(LlmException reason) {
        if (reason instanceof GenerationFailedException reported) {
            verdictOnFailure = CLASSIFIER.classifyFailure(request, reported);
        }
    }

    ScriptedExchange to(ExchangeRequest newRequest) {
        request = newRequest;
        return this;
    }

    @Override
    public void close() {
        end(new CallCancelledException("closed", ErrorFacts.NONE.withAttempts(1)));
    }

    private void end(Object reached) {
        outcome.compareAndSet(null, reached);
    }

    boolean isComplete() {
        return outcome.get() == COMPLETE;
    }

    boolean isCancelled() {
        return outcome.get() instanceof CallCancelledException;
    }

    boolean isOver() {
        return outcome.get() != null;
    }
}
