package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.domain.pool.CloseReason;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/**
 * The use of a pooled connection by one call. It ends once: the connection goes back or is closed. The lock keeps a
 * late cancellation from closing a connection that has gone on to another call. Thread-safe.
 */
final class ConnectionLease {

    private final HttpClientConnectionManager manager;
    private final ConnectionEndpoint endpoint;
    private final Lock lock = new ReentrantLock();
    private boolean ended; // guarded by lock

    ConnectionLease(HttpClientConnectionManager manager, ConnectionEndpoint endpoint) {
        this.manager = manager;
        this.endpoint = endpoint;
    }

    ConnectionEndpoint endpoint() {
        return endpoint;
    }

    /** Closes the connection at once, in whatever state it is. */
    void abort() {
        end(() -> {
            endpoint.close(CloseMode.IMMEDIATE);
            manager.release(endpoint, null, null);
        });
    }

    /** Closes the connection after a complete exchange. */
    void close(Apache5Connection connection, CloseReason reason) {
        end(() -> {
            connection.lifecycle().setCloseReason(reason);
            manager.release(endpoint, null, null);
        });
    }

    /** Gives the connection back, to be used again within the limit. */
    void release(Apache5Connection connection, IdleTimeout limit) {
        end(() -> {
            connection.lifecycle().markIdle(limit);
            manager.release(endpoint, null, TimeValue.ofMilliseconds(TimeoutMillis.of(limit.time())));
        });
    }

    private void end(Runnable release) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                release.run();
            }
        } finally {
            lock.unlock();
        }
    }
}
