package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

/**
 * Reads the body of a response with a buffer that is as large as the body arrives: small while a stream waits for its next token,
 * larger when more arrives at once. Confined to one thread at a time.
 */
public final class BodyReader {

    private static final int SMALLEST_BUFFER = 1024;
    private static final int LARGEST_BUFFER = 16 * 1024;

    private final TransportResponse response;
    private byte[] buffer = {};
    private int size = SMALLEST_BUFFER;

    /** Creates a reader of what has not been read of a body. */
    public BodyReader(TransportResponse response) {
        this.response = requireNonNull(response, "response");
    }

    /**
     * Reads the bytes that have arrived to the beginning of {@link #buffer()}, waiting for at least one; returns -1 at the end.
     *
     * @throws TransportException as {@link TransportResponse#read} does
     */
    public int read() {
        if (buffer.length != size) {
            buffer = new byte[size];
        }
        int count = response.read(buffer, 0, size);
        if (count == size) {
            size = Math.min(2 * size, LARGEST_BUFFER); // probably more has arrived
        } else if (count < SMALLEST_BUFFER) {
            size = SMALLEST_BUFFER;
        }
        return count;
    }

    /** Returns whether {@link #read()} would not wait. */
    public boolean isReadable() {
        return response.isReadable();
    }

    /** Returns the buffer of the last read; its bytes are valid until the next. */
    public byte[] buffer() {
        return buffer;
    }
}
