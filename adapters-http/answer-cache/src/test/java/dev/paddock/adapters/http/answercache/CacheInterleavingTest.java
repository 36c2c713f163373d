package dev.paddock.adapters.http.answercache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.answercache.ModelVersionSettings.ModelVersioning;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.PreparedCall;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.decorator.SingleFlightExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random calls at once: tenants, requests, both forms of answers, readers that stop, a server that breaks off, and models that change through
 * the same chain. Each answer says for whom, for what and by which version of the model it is.
 */
class CacheInterleavingTest {

    private static final int CALLERS = 16;
    private static final int CALLS = 150;
    private static final int MAX_BYTES = 1 << 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void open_randomInterleaving_givesEachCallerACurrentAnswerOfItsOwn(long seed) {
        VersionedServer server = new VersionedServer(seed);
        AtomicInteger hits = new AtomicInteger();
        AnswerCache cache = AnswerCache.inMemory(settings(), new JsonReuseClassifier(false), versions(), MetricsPort.noOp(), System::nanoTime);
        try (ExchangeChain chain = chain(cache, server, seed % 2 == 0)) {
            Parallel.run(CALLERS, caller -> {
                Random random = new Random(seed * 100 + caller);
                for (int count = 0; count < CALLS; count++) {
                    if (random.nextInt(40) == 0) {
                        read(chain.open(
                                ExchangeRequest.post(Operation.PULL_MODEL, "/api/pull", "{\"model\":\"m\"}".getBytes(UTF_8)),
                                CallContext.create()));
                        server.ended.incrementAndGet();
                    } else {
                        ask(chain, cache, server, "key-" + random.nextInt(2), "text" + random.nextInt(4), random, hits);
                    }
                }
                return caller;
            });
        }

        assertThat(hits.get()).isPositive();
        assertThat(server.calls.get()).isLessThan(CALLERS * CALLS);
    }

    private static void ask(
            ExchangeChain chain,
            AnswerCache cache,
            VersionedServer server,
            String tenant,
            String text,
            Random random,
            AtomicInteger hits) {
        ExchangeRequest whole = CacheFixture.chat(text);
        ExchangeRequest request = random.nextBoolean() ? whole.asStream() : whole;
        boolean stops = random.nextInt(5) == 0;
        int before = server.ended.get();
        CallContext context = CallContext.create().with(CallAttributes.CALLER, tenant);
        PreparedCall prepared = random.nextBoolean() ? cache.prepare(request, context) : PreparedCall.waiting(context);
        try (Exchange exchange = chain.open(request, prepared.context())) {
            assertThat(!prepared.isAnswered() || exchange.head().provenance().source() == Provenance.Source.CACHE).isTrue();
            if (stops) {
                exchange.next();
                return;
            }
            String body = read(exchange);
            StringBuilder content = new StringBuilder();
            Pattern.compile("\"content\":\"([^\"]*)\"").matcher(body).results().forEach(match -> content.append(match.group(1)));
            String[] parts = content.toString().split(" ");
            assertThat(body).contains("\"done\":true");
            assertThat(parts[0]).isEqualTo(tenant);
            assertThat(parts[1]).isEqualTo(text);
            assertThat(parts[3]).isEqualTo("end");
            // A change that has ended before the call is known to it.
            assertThat(Integer.parseInt(parts[2])).as("%s", exchange.head().provenance()).isBetween(before, server.version());
            if (exchange.head().provenance().source() == Provenance.Source.CACHE) {
                hits.incrementAndGet();
            }
        } catch (ConnectionLostException | TruncatedResponseException | CallCancelledException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    private static String read(Exchange exchange) {
        try (exchange) {
            return CacheFixture.read(exchange);
        }
    }

    private static AnswerCacheSettings settings() {
        CacheTuning tuning =
                new CacheTuning(true, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), MAX_BYTES);
        return new AnswerCacheSettings(
                tuning, 8192, false, Tenancy.SEPARATE);
    }

    private static ModelVersions versions() {
        return new ModelVersions(
                new ModelVersionSettings(ModelVersioning.DIGEST, Duration.ofHours(1)), new OllamaDialect().catalog().models(), System::nanoTime);
    }

    private static ExchangeChain chain(AnswerCache cache, ExchangePort server, boolean finishes) {
        SingleFlightSettings singleFlight = new SingleFlightSettings(
                2048, false, Tenancy.SEPARATE, finishes ? WhenAbandoned.FINISH : WhenAbandoned.CANCEL);
        return ExchangeChain.assemble(
                server,
                List.of(
                        cache.lookup(),
                        SingleFlightExchangePort.decorator(cache.classifier(), singleFlight, MetricsPort.noOp()),
                        cache.recorder(),
                        cache.versions().decorator()));
    }

    /** A server whose model has a number as its version; a pull makes the next one. */
    private static final class VersionedServer implements ExchangePort {

        private final long seed;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger version = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger(); // changes whose callers have the whole answer

        private VersionedServer(long seed) {
            this.seed = seed;
        }

        int version() {
            return version.get();
        }

        @Override
        public Exchange open(ExchangeRequest request, CallContext context) {
            int call = calls.incrementAndGet();
            List<Frame> frames = switch (request.target()) {
                case "/api/tags" -> document("{\"models\":[{\"name\":\"m:latest\",\"digest\":\"" + version() + "\"}]}");
                case "/api/pull" -> document("{\"status\":\"success\"}");
                case "/api/embed" -> document("{\"embeddings\":[[1,2]]}");
                default -> answer(request, context);
            };
            Thread.yield();
            if (request.target().equals("/api/pull")) {
                version.incrementAndGet();
            }
            boolean isAnswer = request.target().equals("/api/chat");
            int breaksAfter = isAnswer ? new Random(seed + call).nextInt(20) : Integer.MAX_VALUE;
            return new Answer(request.isStream() ? Framing.LINES : Framing.DOCUMENT, frames, breaksAfter, context);
        }

        private List<Frame> answer(ExchangeRequest request, CallContext context) {
            String body = new String(request.body().bytes(), UTF_8);
            String text = body.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1");
            String content = context.get(CallAttributes.CALLER) + " " + text + " " + version() + " end";
            String line = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":%s}";
            if (!request.isStream()) {
                return document(line.formatted(content, true));
            }
            List<Frame> frames = new ArrayList<>();
            for (int index = 0; index < content.length(); index++) {
                frames.add(StubServer.line(line.formatted(content.charAt(index), false)));
            }
            frames.add(StubServer.line(line.formatted("", true)).asTerminal());
            return frames;
        }

        private static List<Frame> document(String json) {
            return List.of(Frame.data(json.getBytes(UTF_8)));
        }
    }

    private static final class Answer implements Exchange {

        private final Framing framing;
        private final List<Frame> frames;
        private final int breaksAfter;
        private final CallContext context;
        private int next;

        private Answer(Framing framing, List<Frame> frames, int breaksAfter, CallContext context) {
            this.framing = framing;
            this.frames = frames;
            this.breaksAfter = breaksAfter;
            this.context = context;
        }

        @Override
        public ExchangeHead head() {
            return new ExchangeHead(200, Headers.EMPTY, framing, Provenance.of(new BackendId("http://a:1"), 1, false));
        }

        @Override
        public Frame next() {
            if (context.cancellation().isCancelled()) {
                throw new CallCancelledException("cancelled", ErrorFacts.NONE);
            }
            if (next == breaksAfter && next < frames.size()) {
                throw new ConnectionLostException("lost", ErrorFacts.NONE);
            }
            return next == frames.size() ? null : frames.get(next++);
        }

        @Override
        public AnswerVerdict verdict() {
            return AnswerVerdict.OK;
        }

        @Override
        public void close() {}
    }
}
