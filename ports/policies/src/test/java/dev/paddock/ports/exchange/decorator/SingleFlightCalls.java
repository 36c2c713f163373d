package dev.paddock.ports.exchange.decorator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;

/** Callers of equal requests before a server whose answers a test gives step by step. */
abstract class SingleFlightCalls {

    static final int BUFFER = 2048;
    static final ExchangeRequest REQUEST = request("/a");

    final ControlledServer server = new ControlledServer();
    final Counts counts = new Counts();
    final SingleFlightExchangePort port = port(WhenAbandoned.CANCEL, Tenancy.SEPARATE);

    @AfterEach
    void nothingIsHeld() {
        port.close();
        Eventually.await("the buffers are empty", () -> counts.of(ReuseMetrics.BYTES_HELD.with()) == 0);
    }

    final SingleFlightExchangePort port(WhenAbandoned whenAbandoned, Tenancy tenancy) {
        return new SingleFlightExchangePort(
                server,
                (request, context) -> classify(request),
                new SingleFlightSettings(BUFFER, false, tenancy, whenAbandoned),
                counts);
    }

    private static RequestReuse classify(ExchangeRequest request) {
        return switch (request.target()) {
            case "/no" -> new RequestReuse.NotReusable(BypassReason.OPERATION);
            case "/sampled" -> reusable(request, ReuseKind.SAMPLED);
            default -> reusable(request, ReuseKind.DETERMINISTIC);
        };
    }

    private static RequestReuse reusable(ExchangeRequest request, ReuseKind kind) {
        return new RequestReuse.Reusable(
                new RequestFingerprint(request.target().hashCode(), 0, 0, 0),
                kind,
                request.isStream() ? AnswerShape.STREAM : AnswerShape.WHOLE,
                false);
    }

    static ExchangeRequest request(String target) {
        return ExchangeRequest.post(Operation.CHAT, target, new byte[0]);
    }

    Future<List<String>> start(ExchangeRequest request, CallContext context) {
        return Parallel.start(() -> rest(port.open(request, context)));
    }

    List<Future<List<String>>> start(int callers, ExchangeRequest request) {
        List<Future<List<String>>> started = new ArrayList<>();
        for (int count = 0; count < callers; count++) {
            started.add(Parallel.start(() -> rest(port.open(request, CallContext.create()))));
        }
        return started;
    }

    void awaitJoined(int calls) {
        Eventually.await("calls are joined", () -> counts.of(ReuseMetrics.JOINED.with("chat")) == calls);
    }

    static List<String> outcomes(List<Future<List<String>>> callers) {
        return callers.stream().map(SingleFlightCalls::outcome).toList();
    }

    static String outcome(Future<?> caller) {
        try {
            return Parallel.resultOf(caller).toString();
        } catch (AssertionError failed) {
            return failed.getCause().getMessage();
        }
    }

    static LlmException failureOf(Exchange exchange) {
        try {
            throw new AssertionError("complete: " + rest(exchange));
        } catch (LlmException failure) {
            return failure;
        }
    }

    static List<String> rest(Exchange exchange) {
        List<String> texts = new ArrayList<>();
        try (exchange) {
            for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
                texts.add(text(frame));
            }
        }
        return texts;
    }

    static String text(Frame frame) {
        return new String(frame.bytes(), UTF_8);
    }

    /** Keeps what was counted. */
    static final class Counts implements MetricsPort {

        private final Map<Metric.Series, AtomicLong> values = new ConcurrentHashMap<>();
        private final Map<Metric.Series, AtomicLong> highest = new ConcurrentHashMap<>();

        long of(Metric.Series series) {
            return values.computeIfAbsent(series, first -> new AtomicLong()).get();
        }

        long highest(Metric.Series series) {
            return highest.computeIfAbsent(series, first -> new AtomicLong()).get();
        }

        @Override
        public void count(Metric.Series series, long amount) {
            adjust(series, amount);
        }

        @Override
        public void duration(Metric.Series series, Duration duration) {}

        @Override
        public void gauge(Metric.Series series, DoubleSupplier source) {}

        @Override
        public void adjust(Metric.Series series, long change) {
            long now = values.computeIfAbsent(series, first -> new AtomicLong()).addAndGet(change);
            highest.computeIfAbsent(series, first -> new AtomicLong()).accumulateAndGet(now, Math::max);
        }
    }
}
