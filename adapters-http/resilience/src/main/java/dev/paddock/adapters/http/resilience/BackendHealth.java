package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.CircuitOpenException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The circuits of one server and of its models, and the number of its calls in progress. Thread-safe. */
final class BackendHealth {

    private static final String CALLS_AT_ONCE = "calls_at_once";
    private static final String CIRCUIT_OPEN = "circuit_open";
    private static final String MODEL_CIRCUIT_OPEN = "model_circuit_open";

    private final BackendId backend;
    private final MetricsPort metrics;
    private final CallPermits permits;
    private final BackendLog log;
    private final EpochCircuitBreaker circuit;
    private final ModelCircuits models;

    BackendHealth(BackendLog log, ResilienceSettings settings, MetricsPort metrics, TimeSource timeSource) {
        this.backend = log.backend();
        this.metrics = metrics;
        this.permits = new CallPermits(settings.callsAtOnce());
        this.log = log;
        this.circuit = new EpochCircuitBreaker(settings.circuit(), timeSource, (state, openTime, reason) -> {
            count(ResilienceMetrics.CIRCUIT_TRANSITIONS, state);
            log.changed(null, state, openTime, reason);
        });
        this.models = new ModelCircuits(model -> new ModelCircuits.ModelHealth(
                new Circuit.Scope(backend.value(), model),
                new EpochCircuitBreaker(settings.circuit(), timeSource, (state, openTime, reason) -> {
                    count(ResilienceMetrics.MODEL_CIRCUIT_TRANSITIONS, state);
                    log.changed(model, state, openTime, reason);
                }),
                new CallPermits(0)));
        createSeries();
        metrics.gauge(ResilienceMetrics.CIRCUIT_STATE.with(backend.value()), () -> circuit.state().code());
        metrics.gauge(ResilienceMetrics.MODEL_CIRCUITS_OPEN.with(backend.value()), this::modelsNotClosed);
        metrics.gauge(ResilienceMetrics.CALLS_AT_ONCE.with(backend.value()), permits::inUse);
    }

    BackendId backend() {
        return backend;
    }

    /** Creates the counters with zero, so that the first count of each shows in rates. */
    private void createSeries() {
        for (CircuitState state : CircuitState.values()) {
            metrics.count(ResilienceMetrics.CIRCUIT_TRANSITIONS.with(backend.value(), state.label()), 0);
            metrics.count(ResilienceMetrics.MODEL_CIRCUIT_TRANSITIONS.with(backend.value(), state.label()), 0);
        }
        for (String reason : List.of(CALLS_AT_ONCE, CIRCUIT_OPEN, MODEL_CIRCUIT_OPEN)) {
            metrics.count(ResilienceMetrics.REFUSED.with(backend.value(), reason), 0);
        }
    }

    BackendLog log() {
        return log;
    }

    /**
     * Admits an attempt.
     *
     * @param caller the caller, or null when it is unknown
     * @throws ServerBusyException if the limit of calls in progress is reached
     * @throws CircuitOpenException if the circuit of the server or of the model does not let the call pass
     */
    AdmittedAttempt admit(ExchangeRequest request, @Nullable String caller) {
        // The circuits come later: a call that they let pass while half open must not be refused here afterwards.
        if (!permits.tryAcquire()) {
            throw refused(CALLS_AT_ONCE, new ServerBusyException(
                    "all " + permits.limit() + " concurrent calls that " + backend + " may have are in progress",
                    ErrorFacts.NONE.withBackend(backend)));
        }
        EpochCircuitBreaker.CircuitPermit permit = circuit.tryAcquire(caller);
        if (permit == null) {
            permits.release();
            throw refused(CIRCUIT_OPEN, new CircuitOpenException(facts(circuit.remainingOpenTime())));
        }
        AdmittedAttempt.Permits server = new AdmittedAttempt.Permits(permit, permits);
        ModelCircuits.ModelHealth model = modelOf(request);
        return model == null ? new AdmittedAttempt(server, null) : admit(server, model, caller);
    }

    private AdmittedAttempt admit(
            AdmittedAttempt.Permits server, ModelCircuits.ModelHealth model, @Nullable String caller) {
        EpochCircuitBreaker.CircuitPermit permit = model.tryAdmit(caller);
        if (permit == null) {
            new AdmittedAttempt(server, null).discard();
            throw refused(MODEL_CIRCUIT_OPEN, new CircuitOpenException(
                    String.valueOf(model.scope().model()), facts(model.circuit().remainingOpenTime())));
        }
        return new AdmittedAttempt(server, new AdmittedAttempt.Permits(permit, model.calls()));
    }

    /** Returns how long attempts at this request are refused; zero unless a circuit is open. */
    Duration remainingOpenTime(ExchangeRequest request) {
        Duration ofServer = circuit.remainingOpenTime();
        ModelCircuits.ModelHealth model = modelOf(request);
        Duration ofModel = model == null ? Duration.ZERO : model.circuit().remainingOpenTime();
        return ofModel.compareTo(ofServer) > 0 ? ofModel : ofServer;
    }

    /** Returns the circuit of the server, and those of its models after it. */
    List<Circuit> observe() {
        List<Circuit> circuits = new ArrayList<>();
        circuits.add(new Circuit(
                Circuit.Scope.server(backend.value()), circuit.state(), circuit.remainingOpenTime(), permits.inUse()));
        models.observe().forEach(circuits::add);
        return circuits;
    }

    private ModelCircuits.@Nullable ModelHealth modelOf(ExchangeRequest request) {
        return HealthSignal.runsModel(request) ? models.of(request.model()) : null;
    }

    private double modelsNotClosed() {
        return models.all().stream()
                .filter(model -> model.circuit().state() != CircuitState.CLOSED)
                .count();
    }

    private ErrorFacts facts(Duration wait) {
        return ErrorFacts.NONE.withBackend(backend).withRetryAfter(wait);
    }

    private LlmException refused(String reason, LlmException failure) {
        metrics.count(ResilienceMetrics.REFUSED.with(backend.value(), reason), 1);
        return failure;
    }

    private void count(Metric transitions, CircuitState state) {
        metrics.count(transitions.with(backend.value(), state.label()), 1);
    }
}
