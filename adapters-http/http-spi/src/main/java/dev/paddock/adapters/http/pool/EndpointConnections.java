package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections to one endpoint, shared by all clients with the same settings. Thread-safe. */
final class EndpointConnections {

    /** The properties that clients must have in common to share one pool. */
    record PoolKey(Endpoint endpoint, TransportSettings settings, PoolLimits limits) {}

    private static final Duration LONGEST_TIDY_PERIOD = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIDY_PERIOD = Duration.ofMillis(50);

    private final PoolKey key;
    private final String transportName;
    private final ConnectionPermits permits;
    private final ConnectionCounts counts;
    private final HttpTransport transport;
    private final TimeoutSweeper sweeper;
    private final PoolListener listener;
    private final Ticker ticker;
    private final boolean leasesObserved;
    private final Future<?> tidying;

    /** The number of clients that share the connections; guarded by the pool manager. */
    int clients;

    EndpointConnections(PoolKey key, HttpTransportFactory factory, PoolListener listener, TimeoutSweeper sweeper) {
        this.key = key;
        this.transportName = factory.name();
        this.sweeper = sweeper;
        this.permits = new ConnectionPermits(key.limits());
        this.counts = new ConnectionCounts(key.endpoint(), listener);
        this.transport = factory.create(key.endpoint(), key.settings(), counts);
        this.listener = listener;
        this.ticker = sweeper.ticker();
        this.leasesObserved = transport.reportedEvents().contains(ConnectionEvent.LEASED);
        this.tidying = sweeper.every(tidyPeriod(key.settings().lifetimes().idle().dividedBy(2)), this::closeExpired);
    }

    private static Duration tidyPeriod(Duration wanted) {
        if (wanted.compareTo(LONGEST_TIDY_PERIOD) > 0) {
            return LONGEST_TIDY_PERIOD;
        }
        return wanted.compareTo(SHORTEST_TIDY_PERIOD) < 0 ? SHORTEST_TIDY_PERIOD : wanted;
    }

    PoolKey key() {
        return key;
    }

    ConnectionPermits.Permit acquire(Cancellation cancellation, PhaseTimeout timeout) {
        long startNanos = ticker.nanos();
        ConnectionPermits.Permit permit = permits.acquire(cancellation);
        acquired(startNanos, timeout);
        return permit;
    }

    /**
     * Does the same without letting the calling thread wait.
     *
     * @param loop where a call that had to wait goes on, or null for a thread of its own
     * @param end is called once with what the other method would return or throw: in the calling thread, or where the call goes on
     */
    void acquire(
            Cancellation cancellation,
            PhaseTimeout timeout,
            @Nullable Executor loop,
            Consumer<Settled<ConnectionPermits.Permit>> end) {
        long startNanos = ticker.nanos();
        Consumer<Settled<ConnectionPermits.Permit>> acquired = permit -> {
            if (permit.isValue()) {
                acquired(startNanos, timeout);
            }
            end.accept(permit);
        };
        permits.acquire(cancellation, loop == null ? WaitingThread::start : loop, acquired);
    }

    private void acquired(long startNanos, PhaseTimeout timeout) {
        Duration waited = Duration.ofNanos(ticker.nanos() - startNanos);
        timeout.acquired(waited);
        listener.acquired(key.endpoint(), waited);
    }

    boolean refuses() {
        return permits.refuses();
    }

    TransportCall newCall(TransportRequest request, CallListener callListener) {
        return transport.newCall(request, callListener);
    }

    TimeoutSweeper sweeper() {
        return sweeper;
    }

    /** Counts that a call got a connection, for a transport which does not report that itself. */
    void connectionUsed() {
        if (!leasesObserved) {
            counts.leasedUnobserved();
        }
    }

    /** Closes connections that have been unused for too long. */
    private void closeExpired() {
        transport.closeIdle(key.settings().lifetimes().idle());
    }

    /** Closes all connections that are not in use. */
    void closeIdle() {
        transport.closeIdle(Duration.ZERO);
    }

    void close() {
        tidying.cancel(false);
        transport.close();
    }

    EndpointPool observe() {
        EndpointPool.Usage usage =
                new EndpointPool.Usage(permits.inUse(), transport.idleConnections(), permits.pending());
        return new EndpointPool(
                key.endpoint().toString(),
                transportName,
                key.limits(),
                usage,
                counts.totals(transport.reportedEvents(), permits.exhausted()));
    }
}
