package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Connections to one endpoint in the library's pool, which is unlimited here: the pool above decides. Thread-safe. */
final class Apache5Transport implements HttpTransport {

    /** Longer than any thread is kept from running. */
    private static final Timeout HAND_OVER = Timeout.ofMinutes(1);

    private final Endpoint endpoint;
    private final TransportSettings settings;
    private final Apache5TransportState events;
    private final Apache5FailureTranslator failures;
    private final HttpRoute route;
    private final PoolingHttpClientConnectionManager manager;

    Apache5Transport(Endpoint endpoint, TransportSettings settings, Apache5TransportState events, DnsResolver resolver) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.events = events;
        this.failures = new Apache5FailureTranslator(events);
        this.route = new HttpRoute(new HttpHost(endpoint.scheme(), endpoint.host(), endpoint.port()));
        this.manager = new PoolingHttpClientConnectionManager(
                new Connector(endpoint, settings, events, resolver),
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                socket -> new Apache5Connection(new Apache5ConnectionLifecycle(events)));
        manager.setMaxTotal(Integer.MAX_VALUE);
        manager.setDefaultMaxPerRoute(Integer.MAX_VALUE);
        manager.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build());
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener listener) {
        if (events.isClosed()) {
            throw new TransportException(
                    TransportFailure.CLOSED, CallProgress.NOT_CONNECTED, "the transport is closed", null);
        }
        return new Apache5Call(this, request, listener);
    }

    @Override
    public Set<ConnectionEvent> reportedEvents() {
        return EnumSet.allOf(ConnectionEvent.class);
    }

    @Override
    public Integer idleConnections() {
        return manager.getTotalStats().getAvailable();
    }

    @Override
    public void closeIdle(Duration unusedFor) {
        manager.closeExpired();
        int milliseconds = unusedFor.isZero() ? 0 : TimeoutMillis.of(unusedFor);
        manager.closeIdle(TimeValue.ofMilliseconds(milliseconds));
    }

    @Override
    public void close() {
        events.close();
        manager.close(CloseMode.IMMEDIATE);
    }

    /**
     * Takes a connection out of the pool, or room for one that is still to be opened. The pool always has room, yet it may be another
     * thread that tells what this one was given, and it takes that a moment.
     */
    ConnectionLease lease() {
        try {
            ConnectionEndpoint leased = manager.lease("", route, Timeout.DISABLED, null).get(HAND_OVER);
            return new ConnectionLease(manager, leased);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        } catch (ExecutionException | TimeoutException impossible) {
            throw new IllegalStateException("The pool is neither full nor broken", impossible);
        }
    }

    void connect(ConnectionEndpoint leased, Apache5CallState state) throws IOException {
        manager.connect(leased, null, state);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    ConnectionLifetimes lifetimes() {
        return settings.lifetimes();
    }

    Apache5FailureTranslator failures() {
        return failures;
    }
}
