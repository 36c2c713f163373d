package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.AwaitedEnd;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Headers;

/**
 * A response whose head has arrived and whose body is read piece by piece. One thread at a time may read, or forward what it has not
 * read; {@link #close()} may be called from any thread.
 */
public interface TransportResponse extends AutoCloseable {

    /** Returns the status, 200 to 599: interim responses are not shown. */
    int status();

    /** Returns the fields in the order and case in which the server sent them. */
    Headers headers();

    /** Returns the protocol, for example {@code HTTP/1.1}. */
    String protocol();

    /** Returns the connection that the response came over. */
    ConnectionUse connection();

    /**
     * Reads the bytes of the body that have arrived, waiting for at least one.
     *
     * @return the number of bytes read, or -1 when the body is complete; the connection is released by then
     * @throws TransportException if the body breaks off or the call is cancelled; a body that is short of its
     *     announced length, or lacks its last chunk, is {@link TransportFailure#TRUNCATED}
     */
    int read(byte[] buffer, int offset, int length);

    /**
     * Returns whether {@link #read} would return or throw at once, and {@link #forward(BodyReceiver, ForwardEnd)} would not wait in the
     * calling thread either. False when that is unknown, as it is by default.
     */
    default boolean isReadable() {
        return false;
    }

    /**
     * Hands all bytes of the body that have not been read to a receiver, and returns when the body is complete: as the other method does,
     * which transports override, but the calling thread waits. An interrupt closes the response.
     *
     * @throws TransportException as {@link #read} does, however often it is called
     * @throws RuntimeException the exception of the receiver, unchanged; the call has been cancelled and its connection closed
     */
    default void forward(BodyReceiver receiver) {
        AwaitedEnd end = new AwaitedEnd();
        forward(receiver, end);
        end.await(this::close);
    }

    /**
     * Hands all bytes of the body that have not been read to a receiver. When the body is complete, the connection is released before the
     * end is reported. By default the calling thread reads in a loop.
     *
     * <p>A transport that pushes overrides this method, and returns at once. It calls the receiver on the event loop of its connection as soon
     * as bytes arrive, and {@link BodyReceiver#flush} after those that arrived together. It calls the receiver from one thread at a time, never
     * before this method is called, and never again once the end was reported. Each call of the receiver sees the effects of
     * the ones before it. While the receiver cannot take more, the transport does not read from the connection, so that the server
     * notices. A cancellation and the closing of the transport still end the call at once; that the server has closed the connection
     * may be noticed only when the receiver can take more. Nothing may be read afterwards.
     *
     * <p>Throws nothing: failures are reported. They are those of {@link #read}, however often this is called, or the exception of the
     * receiver, unchanged; the call has been cancelled then and its connection closed. The call is cancelled from outside when a phase takes
     * too long, so there is no timer here.
     *
     * @param end learns how the body has ended: not on the event loop, unless it was the event loop that called this method
     */
    default void forward(BodyReceiver receiver, ForwardEnd end) {
        end.after(() -> readAll(receiver));
    }

    private void readAll(BodyReceiver receiver) {
        BodyReader reader = new BodyReader(this);
        try {
            for (int count = reader.read(); count >= 0; count = reader.read()) {
                boolean isReady = receiver.receive(reader.buffer(), 0, count);
                receiver.flush();
                if (!isReady) {
                    receiver.awaitReady();
                }
            }
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /**
     * Ends the response. When the body has not been read to its end the connection is closed at once, never drained: a model
     * server stops generating then. Closing again does nothing.
     */
    @Override
    void close();
}
