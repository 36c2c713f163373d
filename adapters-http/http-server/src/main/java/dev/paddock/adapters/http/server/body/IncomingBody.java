package dev.paddock.adapters.http.server.body;

import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** The body of one request while it arrives. Used by the thread of its connection. */
public interface IncomingBody {

    /** Returns how many bytes have arrived. */
    long count();

    /** Returns how long the whole body may take, however fast it arrives, in nanoseconds. */
    long maxDurationNanos(ServerLimits limits);

    /** Returns whether the server itself delays the body at present, so that the client is not to blame for its rate. */
    boolean isHeldBack();

    /**
     * Adds a copy of the given bytes; throws {@link RefusedRequestException} when the body becomes too large, or when there is no memory
     * for it.
     */
    void add(ByteBuf piece);

    /** Passes the complete body on, on the thread of the connection, once it can be read; never after {@link #release}. */
    void end(Consumer<RequestBody> whenComplete);

    /** Frees the memory or the file, after which the body must not be read. Does nothing the second time. */
    void release();

    /** Releases the body although its request is still in use: a complete body in memory fails who reads it. */
    default void forget() {
        release();
    }
}
