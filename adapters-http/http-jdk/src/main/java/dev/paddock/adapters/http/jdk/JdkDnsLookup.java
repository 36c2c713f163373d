package dev.paddock.adapters.http.jdk;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks a host name up before the client does, within a limit of time and where waiting can be ended; the client then
 * finds the answer in the platform's cache. Thread-safe.
 */
final class JdkDnsLookup {

    private final String host;
    private final Duration timeout;
    private final boolean needed;

    JdkDnsLookup(String host, Duration timeout) {
        this.host = host;
        this.timeout = timeout;
        this.needed = host.indexOf(':') < 0 && !host.matches("[0-9.]+");
    }

    /** Tells whether the host is a name and not an address. */
    boolean isNeeded() {
        return needed;
    }

    /** Returns a lookup that has begun, to be completed or cancelled; already complete when the host is an address. */
    CompletableFuture<?> begin() {
        CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
        if (!needed) {
            lookup.complete(new InetAddress[0]);
            return lookup;
        }
        Thread.ofVirtual().name("paddock-name-lookup").start(() -> {
            try {
                lookup.complete(InetAddress.getAllByName(host));
            } catch (UnknownHostException | RuntimeException failure) {
                lookup.completeExceptionally(failure);
            }
        });
        return lookup.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
