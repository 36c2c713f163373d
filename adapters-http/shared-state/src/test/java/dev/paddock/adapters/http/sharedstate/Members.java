package dev.paddock.adapters.http.sharedstate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.domain.admission.RequestRate;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.RecordedAnswer;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.domain.reuse.semantic.StoredQuestion;
import dev.paddock.domain.reuse.semantic.UnitVector;
import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.domain.sharedstate.StoreAddress;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.ports.sharedstate.RateLimitPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/** Processes that share a store, and what they put there. */
final class Members {

    /** Longer than any pause of a busy machine: only tests of time limits use another one. */
    static final Duration UNHURRIED = Duration.ofSeconds(10);

    static final Duration HOUR = Duration.ofHours(1);

    private Members() {}

    static RedisServer server(String... options) {
        assumeTrue(RedisServer.isInstalled(), RedisServer.ABSENT);
        return RedisServer.start(options);
    }

    static StoreAddress address(RedisServer server) {
        return new StoreAddress("127.0.0.1", server.port(), 0, false, null, null, null);
    }

    static SharedStateSettings settings(StoreAddress address, Duration timeout) {
        return new SharedStateSettings(address, "test:", timeout, 1 << 16, new SharedStateSettings.Parts(true, true, true));
    }

    /** Opens the state of a process, and waits until it is shared. */
    static SharedStatePort open(RedisServer server) {
        SharedStatePort state = open(address(server), UNHURRIED);
        Eventually.await("the store is available", () -> state.state() == StoreState.AVAILABLE);
        return state;
    }

    static SharedStatePort open(StoreAddress address, Duration timeout) {
        return open(address, timeout, MetricsPort.noOp());
    }

    static SharedStatePort open(StoreAddress address, Duration timeout, MetricsPort metrics) {
        return new RedisSharedStateProvider().open(settings(address, timeout), metrics);
    }

    static AnswerKey key(String tenant, long question) {
        return new AnswerKey(tenant, "m", "digest", new RequestFingerprint(question, 2, 3, 4));
    }

    static StoredAnswer answer(AnswerKey key, String text) {
        List<Frame> frames = List.of(
                Frame.data((text + "\n").getBytes(UTF_8), 0, text.length()),
                Frame.data(new byte[] {'\n'}, 0, 0),
                Frame.terminal("{}".getBytes(UTF_8)));
        return new StoredAnswer(
                key,
                ReuseKind.DETERMINISTIC,
                AnswerShape.STREAM,
                new RecordedAnswer(Headers.of("Content-Type", "application/x-ndjson"), Framing.LINES, frames),
                new BackendId("gpu"),
                Instant.now(),
                Duration.ofMillis(1234),
                new TokenUsage(7, null));
    }

    static StoredQuestion question(String text) {
        UnitVector vector = requireNonNull(UnitVector.of(new float[] {3, 4}));
        return new StoredQuestion(key("tenant", 1), new RequestFingerprint(5, 6, 7, 8), "space", vector, text);
    }

    static void put(AnswerStorePort store, StoredAnswer answer) {
        store.put(answer, HOUR, store.generation());
    }

    /** Returns the text of an answer, empty when there is none. */
    static String text(AnswerStorePort store, AnswerKey key) {
        StoredAnswer found = store.find(key);
        byte[] line = found == null ? new byte[0] : found.answer().frames().getFirst().bytes();
        return new String(line, UTF_8).strip();
    }

    /** Sums up what is counted. */
    static final class Counts implements MetricsPort {

        private final Map<Metric.Series, Long> sums = new ConcurrentHashMap<>();

        long of(Metric metric, String... labels) {
            return sums.getOrDefault(metric.with(labels), 0L);
        }

        @Override
        public void count(Metric.Series series, long amount) {
            sums.merge(series, amount, Long::sum);
        }

        @Override
        public void duration(Metric.Series series, Duration duration) {}

        @Override
        public void gauge(Metric.Series series, DoubleSupplier source) {}

        @Override
        public void adjust(Metric.Series series, long change) {}
    }

    /** Counts in this process, and how often it is asked; it admits one request of each caller. */
    static final class CountingLimits implements RateLimitPort {

        final AtomicInteger asked = new AtomicInteger();
        volatile RequestRate last = new RequestRate(1, 1);

        @Override
        public Duration tryAcquireAtOnce(String caller, RequestRate rate) {
            return tryAcquire(caller, rate);
        }

        @Override
        public Duration tryAcquire(String caller, RequestRate rate) {
            last = rate;
            return asked.incrementAndGet() == 1 ? Duration.ZERO : Duration.ofHours(1);
        }
    }
}
