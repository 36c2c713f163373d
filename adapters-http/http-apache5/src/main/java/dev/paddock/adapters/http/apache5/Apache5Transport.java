package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransport;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
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
final class Apache5Transport extends AbstractTransport {

    /** Longer than any thread waits for a processor. */
    private static final Timeout HAND_OVER = Timeout.ofMinutes(1);

    private final HttpRoute route;
    private final PoolingHttpClientConnectionManager manager;

    Apache5Transport(TransportState state) {
        super(state);
        Endpoint endpoint = state.endpoint();
        this.route = new HttpRoute(new HttpHost(endpoint.scheme(), endpoint.host(), endpoint.port()));
        this.manager = new PoolingHttpClientConnectionManager(
                new Connector(),
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                socket -> new Apache5Connection(new ConnectionLifecycle(state)));
        manager.setMaxTotal(Integer.MAX_VALUE);
        manager.setDefaultMaxPerRoute(Integer.MAX_VALUE);
        manager.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build());
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener listener) {
        return new Apache5Call(this, request, listener);
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
        super.close();
        manager.close(CloseMode.IMMEDIATE);
    }

    /**
     * Leases a connection, or a slot for one that is still to be opened. The pool always has room, yet another thread may complete
     * this request a moment later.
     */
    ConnectionEndpoint lease() {
        try {
            return manager.lease("", route, Timeout.DISABLED, null).get(HAND_OVER);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        } catch (ExecutionException | TimeoutException impossible) {
            throw new IllegalStateException("The pool is neither full nor broken", impossible);
        }
    }

    void connect(ConnectionEndpoint leased, Apache5Call.Context context) throws IOException {
        manager.connect(leased, null, context);
    }

    /** Returns a connection to the pool, which keeps it for the given time if it is open; zero closes it. */
    void release(ConnectionEndpoint leased, Duration keptFor) {
        TimeValue keepAlive = keptFor.isZero() ? null : TimeValue.ofMilliseconds(TimeoutMillis.of(keptFor));
        manager.release(leased, null, keepAlive);
    }
}
