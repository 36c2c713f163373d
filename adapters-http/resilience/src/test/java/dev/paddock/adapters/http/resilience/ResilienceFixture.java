package dev.paddock.adapters.http.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;

/** A resilient port around a scripted server, in a time that only waits let pass. */
final class ResilienceFixture {

    /** No circuit ever opens and the budget has no end, so that the rules are seen alone. */
    static final ResilienceSettings RULES_ONLY = ResilienceSettings.DEFAULT
            .withCircuit(new ResilienceSettings.CircuitBreakerSettings(
                    100_000,
                    new ResilienceSettings.FailureRate(100, 100_000, Duration.ofSeconds(30)),
                    ResilienceSettings.OpenTime.DEFAULT))
            .withBudget(new ResilienceSettings.Budget(1, 1000, 10_000, 1, 1000));

    final ManualTicker ticker = newTicker();
    final RecordingMetrics metrics = new RecordingMetrics();
    final ScriptedBackend backend = new ScriptedBackend();
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    final BackendRegistry backendRegistry;
    final ResilientExchangePort port;

    ResilienceFixture(ResilienceSettings settings) {
        this.backendRegistry = new BackendRegistry(settings, metrics, timeSource(ticker, () -> 0.5));
        this.port = new ResilientExchangePort(
                backendRegistry.attemptExecutor(backend, BackendId.of(ScriptedBackend.URL), ScriptedBackend.URL), backendRegistry, this::pass, () -> 0);
    }

    /** Returns a ticker whose counter is below zero at first and passes zero. */
    static ManualTicker newTicker() {
        return new ManualTicker(-7_000_000_000L);
    }

    /** Returns a source that measures and schedules in the time of the ticker. */
    static TimeSource timeSource(ManualTicker ticker, DoubleSupplier random) {
        return new TimeSource(ticker::nanos, (time, action) -> ticker.schedule(time, action)::run, random);
    }

    static ResilienceFixture withRulesOnly() {
        return new ResilienceFixture(RULES_ONLY);
    }

    private boolean pass(Duration time, Cancellation cancellation) {
        waits.add(time);
        ticker.advance(time);
        return !cancellation.isCancelled();
    }

    Exchange open(Operation operation) {
        return port.open(request(operation), CallContext.create());
    }

    Exchange open(Operation operation, String model) {
        return port.open(request(operation).withModel(model), CallContext.create());
    }

    static ExchangeRequest request(Operation operation) {
        return switch (operation) {
            case LIST_MODELS, RUNNING_MODELS, VERSION -> ExchangeRequest.get(operation, "/api/tags");
            default -> ExchangeRequest.post(operation, "/api/x", "{}".getBytes(UTF_8));
        };
    }

    /** Reads an answer to its end, closes it and returns its frames as text. */
    static List<String> readAll(Exchange exchange) {
        try (exchange) {
            List<String> texts = new ArrayList<>();
            Frame frame = exchange.next();
            while (frame != null) {
                texts.add(new String(frame.bytes(), UTF_8));
                frame = exchange.next();
            }
            return texts;
        }
    }

    /** Forwards an answer to its end, closes it and returns its frames as text. */
    static List<String> forwardAll(Exchange exchange) {
        List<String> texts = new ArrayList<>();
        try (exchange) {
            forward(exchange, texts);
        }
        return texts;
    }

    /** Forwards the rest of an answer and adds its frames as text. */
    static void forward(Exchange exchange, List<String> texts) {
        exchange.forward(new FrameSink() {
            @Override
            public boolean accept(Frame frame) {
                return texts.add(new String(frame.bytes(), UTF_8));
            }

            @Override
            public void whenReady(Runnable resume) {
                resume.run();
            }
        });
    }
}
