package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallProgress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * State shared by the calls and connections of one transport: the connection listener, the connection numbers, the calls in
 * progress, and whether the transport is closed. One per transport. Thread-safe.
 */
public final class TransportState {

    private final ConnectionListener listener;
    private final AtomicLong connections = new AtomicLong();
    private final Set<AbstractTransportCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Creates the state of an open transport that reports its connections to the given listener. */
    public TransportState(ConnectionListener listener) {
        this.listener = requireNonNull(listener, "listener");
    }

    /** Returns whether the transport is closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the transport: new calls are refused, calls in progress fail with CLOSED. Closing again does nothing. */
    public void close() {
        closed = true;
        calls.forEach(AbstractTransportCall::closeWithTransport);
    }

    ConnectionListener listener() {
        return listener;
    }

    String nextConnectionId() {
        return Long.toString(connections.incrementAndGet());
    }

    void requireOpen() {
        if (closed) {
            throw new TransportException(
                    TransportFailure.CLOSED, CallProgress.NOT_CONNECTED, "the transport is closed", null);
        }
    }

    void add(AbstractTransportCall call) {
        calls.add(call);
        if (closed) {
            call.closeWithTransport();
        }
    }

    void remove(AbstractTransportCall call) {
        calls.remove(call);
    }
}
