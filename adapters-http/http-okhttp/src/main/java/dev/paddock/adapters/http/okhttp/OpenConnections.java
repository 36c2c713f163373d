package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.ConnectionListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of one transport, also those that are still being opened, who hears of them, and whether the transport is
 * closed. The library's pool does not tell when it closes a connection; our sockets do. Thread-safe.
 */
final class OpenConnections {

    private final ConnectionListener listener;
    private final AtomicLong numbers = new AtomicLong();
    private final Set<OkHttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<FutureTask<?>> lookups = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    OpenConnections(ConnectionListener listener) {
        this.listener = listener;
    }

    ConnectionListener listener() {
        return listener;
    }

    String nextId() {
        return Long.toString(numbers.incrementAndGet());
    }

    void add(OkHttpConnection connection) {
        connections.add(connection);
        if (closed) {
            connection.abort();
        }
    }

    void remove(OkHttpConnection connection) {
        connections.remove(connection);
    }

    void addLookup(FutureTask<?> lookup) {
        lookups.add(lookup);
        if (closed) {
            lookup.cancel(false);
        }
    }

    void removeLookup(FutureTask<?> lookup) {
        lookups.remove(lookup);
    }

    int idle() {
        return (int) connections.stream().filter(connection -> connection.lifecycle().isIdle()).count();
    }

    void closeIdle(Duration unusedFor) {
        connections.forEach(connection -> connection.closeIfIdle(unusedFor));
    }

    void close() {
        closed = true;
        lookups.forEach(lookup -> lookup.cancel(false));
        connections.forEach(OkHttpConnection::abort);
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    boolean isClosed() {
        return closed;
    }
}
