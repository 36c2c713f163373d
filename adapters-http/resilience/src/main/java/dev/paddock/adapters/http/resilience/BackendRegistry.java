package dev.paddock.adapters.http.resilience;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
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
 * budget of retries. There is one per process, shared by every client; a server is forgotten with the last port to it. Thread-safe.
 */
public final class BackendRegistry implements CircuitBreakerPort {

    private final ResilienceSettings settings;
    private final MetricsPort metrics;
    private final TimeSource timeSource;
    private final RetryBudget budget;
    private volatile boolean logged;
    // Servers come from configuration, so there are few.
    private final Map<Address, SharedHealth> backends = new ConcurrentHashMap<>();

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
                .flatMap(shared -> shared.health().observe().stream())
                .toList();
    }

    @Override
    public boolean hasAnswer() {
        return backends.values().stream().anyMatch(shared -> shared.health().log().hasAnswer());
    }

    /**
     * Returns the decorator of the attempts at one of several servers, for {@link Stage#PERMIT}: its limit of calls, its circuit and
     * those of its models.
     *
     * @param backend the name of the server
     * @param baseUrl its place; a server in another place is another one, whatever its name is
     */
    public ExchangeDecorator attempts(BackendId backend, BaseUrl baseUrl) {
        requireNonNull(backend, "backend");
        requireNonNull(baseUrl, "baseUrl");
        return ExchangeDecorator.of(Stage.PERMIT, delegate -> attemptExecutor(delegate, backend, baseUrl));
    }

    /**
     * Returns the executor for a port; ports to the same server share its circuit and its limit of calls, which are forgotten when the last
     * of them is closed.
     */
    AttemptExecutor attemptExecutor(ExchangePort delegate, BackendId backend, BaseUrl baseUrl) {
        Address address = new Address(backend, baseUrl);
        SharedHealth shared = backends.compute(address, (key, known) -> known == null
                ? new SharedHealth(new BackendHealth(new BackendLog(backend, () -> logged), settings, metrics, timeSource), 1)
                : new SharedHealth(known.health(), known.users() + 1));
        return new AttemptExecutor(delegate, shared.health(), timeSource.scheduler(), () -> release(address));
    }

    private void release(Address address) {
        backends.computeIfPresent(
                address, (key, known) -> known.users() == 1 ? null : new SharedHealth(known.health(), known.users() - 1));
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

    /** The name and the place of a server. */
    private record Address(BackendId id, BaseUrl baseUrl) {}

    /** The state of a server, and how many ports lead to it. */
    private record SharedHealth(BackendHealth health, int users) {}
}
