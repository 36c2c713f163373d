package dev.paddock.adapters.http.jdk;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One of the JDK's clients with its connections, none of which is older than it. Guarded by the lock of
 * {@link JdkClientPool}, but for the client itself and the labels.
 */
final class SharedClient {

    private final HttpClient client;
    private final Set<String> labels = ConcurrentHashMap.newKeySet();
    private final long createdAt = System.nanoTime();
    private Duration idleLimit;
    private long idleSince = createdAt;
    private int calls;

    SharedClient(HttpClient client, Duration idleLimit) {
        this.client = client;
        this.idleLimit = idleLimit;
    }

    HttpClient client() {
        return client;
    }

    /** Notes that a connection is used and tells whether it was before. */
    boolean useAgain(String label) {
        return !labels.add(label);
    }

    void begin() {
        calls++;
    }

    void end() {
        calls--;
        idleSince = System.nanoTime();
    }

    boolean isIdle() {
        return calls == 0;
    }

    /** Lowers how long connections may be idle, to what the server announced. */
    void limitIdle(Duration limit) {
        if (limit.compareTo(idleLimit) < 0) {
            idleLimit = limit;
        }
    }

    boolean isOlderThan(Duration age) {
        return Duration.ofNanos(System.nanoTime() - createdAt).compareTo(age) >= 0;
    }

    boolean isIdleFor(Duration time) {
        return isIdle() && Duration.ofNanos(System.nanoTime() - idleSince).compareTo(time) >= 0;
    }

    /** Tells whether its connections have been idle for longer than they may be. */
    boolean isIdleForTooLong() {
        return isIdleFor(idleLimit);
    }
}
