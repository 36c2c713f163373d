package dev.paddock.adapters.http.spi.support;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Name lookup with a time limit that ends when its call ends. The platform's lookup supports neither, so a virtual thread waits
 * for it. Stateless.
 */
public final class HostLookup {

    /** The number of addresses that are tried at most. */
    public static final int MAX_ADDRESSES = 4;

    /** Finds the addresses of a host, for example {@link #platform()}. */
    @FunctionalInterface
    public interface Resolver {

        /** Returns the addresses in the order of preference. */
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    private HostLookup() {}

    /** Returns the platform's resolver. */
    public static Resolver platform() {
        return host -> List.of(InetAddress.getAllByName(host));
    }

    /** Returns whether the host is a name, not an address. */
    public static boolean isName(String host) {
        return host.indexOf(':') < 0 && !host.matches("[0-9.]+");
    }

    /**
     * Returns at most {@link #MAX_ADDRESSES} addresses of a host, at least one, in the order in which they are to be tried.
     *
     * @param limit how long the lookup may take, positive
     * @param call ends the lookup when it ends
     * @throws SocketTimeoutException if the lookup takes too long
     * @throws UnknownHostException if the host has no address
     * @throws IOException if the call ends first
     */
    public static List<InetAddress> addressesOf(String host, Duration limit, AbstractTransportCall call) throws IOException {
        Resolver resolver = call.transport().resolver();
        List<InetAddress> addresses = isName(host) ? await(host, resolver, limit, call) : resolver.resolve(host);
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return call.transport().addressOrder().of(addresses).stream().limit(MAX_ADDRESSES).toList();
    }

    private static List<InetAddress> await(
            String host, Resolver resolver, Duration limit, AbstractTransportCall call) throws IOException {
        FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> resolver.resolve(host));
        call.cancelOnEnd(lookup);
        Thread.ofVirtual().name("paddock-name-lookup").start(lookup);
        try {
            return lookup.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooSlow) {
            throw withCause(new SocketTimeoutException("The lookup of the host name timed out"), tooSlow);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } catch (CancellationException ended) {
            throw withCause(new InterruptedIOException("The call has ended"), ended);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw withCause(new InterruptedIOException("Interrupted"), interrupted);
        }
    }

    private static IOException withCause(IOException failure, Exception cause) {
        failure.initCause(cause);
        return failure;
    }
}
