package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.ConnectionListener;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connections of one transport share: who hears of them, their numbers, and whether the transport is closed.
 */
final class Apache5TransportState {

    private final ConnectionListener listener;
    private final AtomicLong connections = new AtomicLong();
    private volatile boolean closed;

    Apache5TransportState(ConnectionListener listener) {
        this.listener = listener;
    }

    ConnectionListener listener() {
        return listener;
    }

    String nextConnectionId() {
        return Long.toString(connections.incrementAndGet());
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
