package dev.paddock.adapters.http.spi.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Objects;

/**
 * The content of a chunked body, whose {@link ChunkFraming framing} is checked. Reads not one byte beyond the body, so that the
 * connection can be used again. Used by one thread at a time.
 */
public final class ChunkedInput extends InputStream {

    private final InputStream source;
    private final ChunkFraming framing = new ChunkFraming();

    /**
     * Creates the content.
     *
     * @param source the connection, buffered: its framing is read byte by byte
     */
    public ChunkedInput(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads what has arrived of one chunk, waiting for at least one byte.
     *
     * @throws ProtocolException if the chunks break HTTP
     * @throws EOFException if the connection ends before the last chunk and its trailers
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        while (framing.left() == 0) {
            if (framing.isEnded()) {
                return -1;
            }
            int next = source.read();
            if (next < 0) {
                throw new EOFException("The connection ended between two chunks");
            }
            framing.accept(next);
        }
        int count = source.read(target, offset, (int) Math.min(length, framing.left()));
        if (count < 0) {
            throw new EOFException("The connection ended within a chunk");
        }
        framing.skip(count);
        return count;
    }
}
