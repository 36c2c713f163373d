package dev.paddock.adapters.http.spi;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one endpoint over connections that it keeps open: the interface that an adapter implements.
 *
 * <p>The contract, beyond the methods: a transport does not retry, follow redirects, store cookies, decompress or change the
 * protocol of a connection ({@code Upgrade}), and adds no field to a request that it was not given, except Host, the length or
 * framing of the body, what the HTTP version demands, and the credentials of a proxy to that proxy alone. It has no limit of its own on connections: the pool above it decides
 * how many calls run at once. It has no timer of its own either, but for the opening of connections: the pool
 * above it cancels what takes too long. Blocking calls, mostly on virtual threads, are the one style. Thread-safe.
 */
public interface HttpTransport extends AutoCloseable {

    /**
     * Prepares a call; nothing is sent before {@link TransportCall#execute()}.
     *
     * @param listener receives the progress of the call
     * @throws TransportException with {@link TransportFailure#CLOSED} if the transport is closed
     */
    TransportCall newCall(TransportRequest request, CallListener listener);

    /** Returns which of its connections' events this transport reports to its {@link ConnectionListener}. */
    Set<ConnectionEvent> reportedEvents();

    /** Returns the number of open connections that are not in use, or null when this transport cannot know it. */
    @Nullable Integer idleConnections();

    /** Closes connections that have been unused for the given time, zero for all of them, and those past their lifetime. */
    void closeIdle(Duration unusedFor);

    /** Closes every connection, in use or not; calls in progress fail. Closing again does nothing. */
    @Override
    void close();
}
