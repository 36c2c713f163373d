package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.Headers;

/**
 * A response whose head has arrived and whose body is read piece by piece. One thread at a time may read;
 * {@link #close()} may be called from any thread.
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
     * Ends the response. When the body has not been read to its end the connection is closed at once, never drained: a model
     * server stops generating then. Closing again does nothing.
     */
    @Override
    void close();
}
