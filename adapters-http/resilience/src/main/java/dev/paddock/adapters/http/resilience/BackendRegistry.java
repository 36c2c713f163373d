package dev.paddock.adapters.http.resilience;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process knows of its model servers: for each the state of its circuits and the calls in progress, for all together the
 * budget of retries. There is one per process, shared by every client. Thread-safe.
 */
public final class BackendRegistry implements CircuitBreakerPort {

    private final ResilienceSettings settings;
    private final MetricsPort metrics;
    private final TimeSource timeSource;
    private final RetryBudget budget;
    private volatile boolean logged;
    // Servers come from configuration, so there are few.
    private final Map<BackendId, BackendHealth> backends = new ConcurrentHashMap<>();

    /**
     * Creates it without any server; each is added when a port to it is made.
     *
     * @param ticker what time is measured with, {@code System::nanoTime} in production
     */
    public BackendRegistry(ResilienceSettings settings, MetricsPort metrics, Ticker ticker) {
        this(settings, metrics, TimeSource.system(requireNonNull(ticker, "ticker")));
    }

    BackendRegistry(ResilienceSettings settings, MetricsPort metrics, TimeSource timeSource) {
        this.settings = requireNonNull(settings, "settings");
        this.metrics = requireNonNull(metrics, "metrics");
        this.timeSource = timeSource;
        this.budget = new RetryBudget(settings.budget(), timeSource.ticker());
    }

    /** Creates the counters of retries with zero, so that the first decision of each kind shows in rates. */
    public void createRetrySeries() {
        for (Operation operation : Operation.values()) {
            for (RetryDecision decision : RetryDecision.values()) {
                metrics.count(ResilienceMetrics.RETRIES.with(operation.label(), decision.label()), 0);
            }
        }
    }

    /**
     * Logs the changes of state of the servers from now on. Without it nothing is logged, because a caller learns of each failure by an
     * exception.
     */
    public void logStates() {
        logged = true;
    }

    @Override
    public List<Circuit> circuits() {
        return backends.values().stream()
                .flatMap(backend -> backend.observe().stream())
                .toList();
    }

    @Override
    public boolean hasAnswer() {
        return backends.values().stream().anyMatch(backend -> backend.log().hasAnswer());
    }

    /**
     * Returns the decorator of the attempts at one of several servers, for {@link Stage#PERMIT}: its limit of calls, its circuit and
     * those of its models.
     */
    public ExchangeDecorator attempts(BackendId backend) {
        requireNonNull(backend, "backend");
        return ExchangeDecorator.of(Stage.PERMIT, delegate -> attemptExecutor(delegate, backend));
    }

    /** Forgets a server to which no port leads any more. */
    public void remove(BackendId backend) {
        backends.remove(backend);
    }

    /** Returns the executor for a port; ports to the same server share its circuit and its limit of calls. */
    AttemptExecutor attemptExecutor(ExchangePort delegate, BackendId backend) {
        return new AttemptExecutor(delegate, backends.computeIfAbsent(backend, this::health), timeSource.scheduler());
    }

    private BackendHealth health(BackendId backend) {
        return new BackendHealth(new BackendLog(backend, () -> logged), settings, metrics, timeSource);
    }

    ResilienceSettings settings() {
        return settings;
    }

    MetricsPort metrics() {
        return metrics;
    }

    Ticker ticker() {
        return timeSource.ticker();
    }

    RetryBudget budget() {
        return budget;
    }
}
