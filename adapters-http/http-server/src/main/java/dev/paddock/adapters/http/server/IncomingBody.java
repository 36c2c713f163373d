package dev.paddock.adapters.http.server;

import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** The body of one request as it comes in. Used by the thread of its connection. */
interface IncomingBody {

    /** How many bytes have come in. */
    long count();

    /** Tells how long the whole of it may take, however fast it is, in nanoseconds. */
    long maxDurationNanos(ServerLimits limits);

    /** Takes a copy of what came in; throws {@link RefusedRequestException} when that is too much. */
    void add(ByteBuf piece);

    /**
     * Hands the whole body over, on the thread of the connection, once all of it can be read; after {@link #release}
     * never.
     */
    void end(Consumer<RequestBody> whenWhole);

    /** Gives back what the body takes, after which nobody may read it; done again, it does nothing. */
    void release();
}
