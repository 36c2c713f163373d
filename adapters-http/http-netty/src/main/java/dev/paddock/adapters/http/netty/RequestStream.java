package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.Headers;
import org.jspecify.annotations.Nullable;

/** One request and its response on a connection. The thread of the call uses it; any thread may abort it. */
interface RequestStream {

    /** Returns the response. */
    IncomingResponse incoming();

    /**
     * Sends the head of the request, and the first piece of its body.
     *
     * @param first null if there is no body
     * @param last whether the request ends with it
     */
    void begin(@Nullable BodyPiece first, boolean last);

    /** Sends the next piece of the body. */
    void send(BodyPiece piece, boolean last);

    /** Returns the length of the response's body, or {@link Headers#UNKNOWN_LENGTH} if only its end tells. */
    long bodyLength(ResponseHead head);

    /** Gives the connection back after the whole response. */
    void release(ResponseHead head);

    /** Ends the exchange early, at once. Does nothing the second time. */
    void abort();
}
