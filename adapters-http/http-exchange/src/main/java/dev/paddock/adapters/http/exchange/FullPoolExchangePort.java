package dev.paddock.adapters.http.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Refuses calls while the pool of their server is full and calls do not wait, before anything is prepared for them. The pool itself refuses
 * the same calls later, with the same failure, after they have cost much more. Thread-safe.
 */
public final class FullPoolExchangePort implements ExchangePort {

    private final ExchangePort delegate;
    private final TransportLease lease;
    private final MetricsPort metrics;
    private final ErrorFacts facts;
    private final Map<Operation, Metric.Series> decisions = new EnumMap<>(Operation.class);

    /**
     * Creates the decorator of the port to one server.
     *
     * @param lease a share in the connections to the server
     * @param metrics counts that a retry would be pointless, as for a call that the pool itself refuses
     */
    public FullPoolExchangePort(ExchangePort delegate, TransportLease lease, BackendId backend, MetricsPort metrics) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.lease = requireNonNull(lease, "lease");
        this.metrics = requireNonNull(metrics, "metrics");
        for (Operation operation : Operation.values()) {
            decisions.put(operation, ResilienceMetrics.RETRIES.with(operation.label(), "pointless"));
        }
        this.facts =
                ErrorFacts.NONE.withBackend(backend).withProgress(CallProgress.NOT_CONNECTED).withElapsed(Duration.ZERO);
    }

    /** Returns the decorator for {@link Stage#RETRY}, outside the retries: a pool that is full stays full for longer than they wait. */
    public static ExchangeDecorator decorator(TransportLease lease, BackendId backend, MetricsPort metrics) {
        return ExchangeDecorator.of(Stage.RETRY, delegate -> new FullPoolExchangePort(delegate, lease, backend, metrics));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        requireRoom(request);
        return delegate.open(request, context);
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        Settled.begin(end, () -> {
            requireRoom(request);
            delegate.begin(request, context, end);
        });
    }

    private void requireRoom(ExchangeRequest request) {
        if (lease.refuses()) {
            metrics.count(requireNonNull(decisions.get(request.operation())), 1);
            throw new PoolExhaustedException(lease.limits().connectionsPerHost(), facts);
        }
    }
}
