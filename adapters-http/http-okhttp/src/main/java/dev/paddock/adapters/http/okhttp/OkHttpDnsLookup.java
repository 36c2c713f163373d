package dev.paddock.adapters.http.okhttp;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of a host without making its call wait longer than it wants to: the platform's lookup can
 * neither be bounded nor interrupted, so a virtual thread waits for it. One for each call.
 */
final class OkHttpDnsLookup implements Dns {

    private static final int MOST_ADDRESSES = 4;

    private final Dns names;
    private final OkHttpCallState state;

    OkHttpDnsLookup(Dns names, OkHttpCallState state) {
        this.names = names;
        this.state = state;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> names.lookup(host));
        state.waitFor(lookup);
        try {
            Thread.ofVirtual().name("paddock-name-lookup").start(lookup);
            List<InetAddress> addresses = await(host, lookup);
            List<InetAddress> candidates = addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES));
            state.connectDeadline().shareAmong(candidates.size());
            return candidates;
        } finally {
            state.waitForNothing(lookup);
        }
    }

    /** The library allows one kind of failure here: what it really was is the cause. */
    private List<InetAddress> await(String host, FutureTask<List<InetAddress>> lookup) throws UnknownHostException {
        try {
            return lookup.get(state.connectDeadline().leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooSlow) {
            throw failed(host, new SocketTimeoutException("The lookup of the host name timed out"));
        } catch (ExecutionException failure) {
            throw failed(host, failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed(host, interrupted);
        } catch (CancellationException cancelled) {
            throw failed(host, cancelled);
        }
    }

    private static UnknownHostException failed(String host, @Nullable Throwable cause) {
        UnknownHostException failure = new UnknownHostException(host);
        failure.initCause(cause);
        return failure;
    }

    /** The library uses a connection again only for calls that look names up in the same way; all calls do. */
    @Override
    public boolean equals(Object other) {
        return other instanceof OkHttpDnsLookup that && that.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }
}
