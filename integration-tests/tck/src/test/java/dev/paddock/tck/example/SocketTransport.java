package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.CloseReason;
import java.time.Duration;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Keeps the connections to one endpoint. How many there may be is for the pool above to say. Thread-safe. */
final class SocketTransport implements HttpTransport {

    private final Endpoint endpoint;
    private final TransportSettings settings;
    private final ConnectionListener listener;
    private final Deque<SocketConnection> idle = new ConcurrentLinkedDeque<>();
    private final Set<SocketConnection> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    SocketTransport(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.listener = listener;
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener callListener) {
        if (closed) {
            throw new TransportException(TransportFailure.CLOSED, CallProgress.NOT_CONNECTED, "closed", null);
        }
        return new SocketCall(this, request, callListener);
    }

    @Override
    public Set<ConnectionEvent> reportedEvents() {
        return EnumSet.allOf(ConnectionEvent.class);
    }

    @Override
    public Integer idleConnections() {
        return idle.size();
    }

    @Override
    public void closeIdle(Duration unusedFor) {
        for (SocketConnection connection : idle) {
            CloseReason tooOld = connection.tooOld();
            CloseReason reason = tooOld == null && connection.isUnusedFor(unusedFor) ? CloseReason.IDLE : tooOld;
            if (reason != null && idle.remove(connection)) {
                discard(connection, reason);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(connection -> connection.close(CloseReason.SHUTDOWN));
        idle.clear();
    }

    /** Returns an idle connection that can take another request, or null. */
    @Nullable SocketConnection reusable() {
        for (SocketConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            CloseReason tooOld = connection.tooOld();
            if (tooOld != null) {
                discard(connection, tooOld);
            } else if (connection.isStale()) {
                discard(connection, CloseReason.STALE);
            } else {
                listener.leased(true);
                return connection;
            }
        }
        return null;
    }

    /** Returns a connection that is still to be opened, and that closing the transport closes too. */
    SocketConnection unopened() {
        SocketConnection connection = new SocketConnection(endpoint, settings, listener);
        all.add(connection);
        if (closed) {
            connection.close(CloseReason.SHUTDOWN);
        }
        return connection;
    }

    /** Takes a connection back whose response was read to its end. */
    void release(SocketConnection connection, ResponseHead head) {
        connection.markIdle(head);
        CloseReason tooOld = connection.tooOld();
        if (tooOld != null) {
            discard(connection, tooOld);
            return;
        }
        idle.addFirst(connection);
        if (closed) {
            connection.close(CloseReason.SHUTDOWN);
        }
    }

    /** Closes a connection for good. */
    void discard(SocketConnection connection, CloseReason reason) {
        connection.close(reason);
        all.remove(connection);
    }

    boolean isClosed() {
        return closed;
    }

    Endpoint endpoint() {
        return endpoint;
    }
}
