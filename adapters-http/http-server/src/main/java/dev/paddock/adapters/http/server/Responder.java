package dev.paddock.adapters.http.server;

import dev.paddock.domain.exchange.Backpressure;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends the response to one request. Used by one thread at a time; any thread may call {@link #isClientGone()}. A side whose client
 * has disconnected is ready.
 *
 * <p>Every method that sends throws {@link ClientGoneException} when the client has disconnected.
 */
public interface Responder extends Backpressure {

    /** How many bytes of a body can be added before a client has read any of them. */
    int ROOM = 32 * 1024;

    /** Sends a complete response. */
    void send(ServerResponse response);

    /**
     * Begins a response. The head is sent together with the first piece of the body, or with the end of an empty body.
     *
     * @throws IllegalStateException if the response has begun
     */
    void begin(ServerResponseHead head);

    /**
     * Sends a piece of the body immediately. Backpressure: it blocks while the client reads more slowly than this side writes, so that
     * a bounded number of bytes is buffered. The array must not change afterwards.
     *
     * @throws IllegalStateException if the response has not begun, or the body becomes longer than the announced length
     */
    void write(byte[] piece);

    /**
     * Sends a piece of the body with the next {@link #flush}, or with the end of the response, and never blocks. From the thread of
     * {@link #eventLoop()} it is sent without changing threads. The array must not change afterwards.
     *
     * @return whether the client reads fast enough for more; if not, the caller should wait until {@link #whenReady}
     * @throws IllegalStateException as {@link #write} does
     */
    boolean add(byte[] piece);

    /** Sends what was added. */
    void flush();

    /** Returns the event loop of the connection. */
    Executor eventLoop();

    /** Completes the response. The connection is reused if the protocol allows it. */
    void end();

    /**
     * Closes the connection after the written part has been sent, without completing the response: the client sees that the response
     * is incomplete, because its last chunk or a part of its length is missing. Does nothing if the response is complete.
     */
    void abort();

    /** Frees the memory of the body of the request, which must not be read any more, with the next piece that is sent. */
    void releaseRequest();

    /**
     * Lets the response go on after {@link AcceptedRequest#answer} has returned, on any thread.
     *
     * @return to be run once when the request is answered, by any thread: it does not wait. A response that is not complete then is aborted
     */
    Runnable detach();

    /** Returns whether the response has begun. */
    default boolean hasBegun() {
        return sent().status() != 0;
    }

    /** Returns what has been sent until now. */
    Sent sent();

    /** Returns whether the client has disconnected. */
    boolean isClientGone();

    /**
     * The part of a response that has been sent.
     *
     * @param status the status, or 0 when the response has not begun
     * @param bytes the length of the body
     * @param firstByte the time from the last byte of the request to the first byte of the response, or null when none was sent
     * @param elapsed the time since the last byte of the request
     */
    record Sent(int status, long bytes, @Nullable Duration firstByte, Duration elapsed) {}
}
