package dev.paddock.adapters.http.jdk;

import dev.paddock.domain.pool.ConnectionLifetimes;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one transport. The JDK cannot close a single connection, so connections end together with their client: calls
 * use the current client until its connections would be too old or idle for too long. It is retired then, and shut down when the
 * last call that uses it has ended. Thread-safe.
 */
final class JdkClientPool {

    /** One of the JDK's clients with its connections, none of which is older than it. */
    static final class SharedClient {

        private final HttpClient client;
        private final Set<String> labels = ConcurrentHashMap.newKeySet();
        private final long createdAt = System.nanoTime();
        private Duration idleLimit; // guarded by the pool, as is everything below
        private long idleSince = createdAt;
        private int calls;

        private SharedClient(HttpClient client, Duration idleLimit) {
            this.client = client;
            this.idleLimit = idleLimit;
        }

        HttpClient client() {
            return client;
        }

        /** Records the use of a connection; returns whether it was used before. */
        boolean useAgain(String label) {
            return !labels.add(label);
        }

        private boolean isIdleFor(Duration time) {
            return calls == 0 && since(idleSince).compareTo(time) >= 0;
        }

        private boolean isExpired(ConnectionLifetimes lifetimes) {
            return isIdleFor(idleLimit) || since(createdAt).compareTo(lifetimes.total()) >= 0;
        }

        private static Duration since(long nanos) {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    private final Supplier<HttpClient> factory;
    private final ConnectionLifetimes lifetimes;
    private @Nullable SharedClient current; // guarded by this
    private boolean closed; // guarded by this

    JdkClientPool(Supplier<HttpClient> factory, ConnectionLifetimes lifetimes) {
        this.factory = factory;
        this.lifetimes = lifetimes;
    }

    /** Leases a client to one call: the shared one, or one of its own when the connection is not to be kept. */
    synchronized SharedClient lease(boolean shared) {
        if (closed) {
            throw new CancellationException("The transport is closed");
        }
        if (current != null && current.isExpired(lifetimes)) {
            retire(current);
        }
        SharedClient leased =
                shared && current != null ? current : new SharedClient(factory.get(), lifetimes.idle());
        if (shared) {
            current = leased;
        }
        leased.calls++;
        return leased;
    }

    /** Ends the use of a client by one call. */
    synchronized void release(SharedClient client) {
        client.calls--;
        client.idleSince = System.nanoTime();
        if (client != current || client.isIdleFor(client.idleLimit)) {
            retire(client);
        }
    }

    /** Lowers the idle limit of a client to what the server announced. */
    synchronized void limitIdle(SharedClient client, Duration limit) {
        if (limit.compareTo(client.idleLimit) < 0) {
            client.idleLimit = limit;
        }
    }

    /** Closes the connections if all of them have been idle for the given time, or are past their lifetime. */
    synchronized void closeIdle(Duration unusedFor) {
        if (current != null
                && (unusedFor.isZero() || current.isIdleFor(unusedFor) || current.isExpired(lifetimes))) {
            retire(current);
        }
    }

    /** Leases no more clients; each shuts down with its last call, and the calls have ended or are about to. */
    synchronized void close() {
        closed = true;
        if (current != null) {
            retire(current);
        }
    }

    private void retire(SharedClient client) {
        if (client == current) {
            current = null;
        }
        if (client.calls == 0) {
            client.client.shutdownNow();
        }
    }
}
