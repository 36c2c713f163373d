package dev.paddock.adapters.http.apache5;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.net.InetAddressUtils;

/**
 * Finds the addresses of a host without making the caller wait longer than it wants to: the platform's lookup can
 * neither be bounded nor interrupted, so a virtual thread waits for it.
 */
final class Apache5DnsLookup {

    private final DnsResolver resolver;

    Apache5DnsLookup(DnsResolver resolver) {
        this.resolver = resolver;
    }

    InetAddress[] resolve(String host, Countdown time, Apache5CallState state) throws IOException {
        if (InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6(host)) {
            return resolver.resolve(host);
        }
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> resolver.resolve(host));
        state.waitFor(lookup);
        Thread.ofVirtual().name("paddock-name-lookup").start(lookup);
        InetAddress[] addresses = await(lookup, time);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    private static InetAddress[] await(FutureTask<InetAddress[]> lookup, Countdown time) throws IOException {
        try {
            return lookup.get(time.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooSlow) {
            SocketTimeoutException timeout = new SocketTimeoutException("The lookup of the host name timed out");
            timeout.initCause(tooSlow);
            throw timeout;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted").initCause(interrupted);
        }
    }
}
