package dev.paddock.adapters.http.spi.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The content of a chunked body, whose {@link ChunkFraming framing} is checked. Reads not one byte beyond the body, so that the
 * connection can be used again. Used by one thread at a time.
 */
public final class ChunkedInput extends InputStream {

    private final InputStream source;
    private final IntSupplier buffered;
    private final ChunkFraming framing = new ChunkFraming();
    private @Nullable ProtocolException violation; // behind content that was read before it

    /**
     * Creates the content.
     *
     * @param source the connection, buffered: its framing is read byte by byte
     * @param buffered returns how many bytes the buffer of the source has, so that reading them does not wait
     */
    public ChunkedInput(InputStream source, IntSupplier buffered) {
        this.source = source;
        this.buffered = buffered;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads the content of the chunks that have arrived, waiting for at least one byte. Chunks that arrive together are read together.
     *
     * @throws ProtocolException if the chunks break HTTP
     * @throws EOFException if the connection ends before the last chunk and its trailers
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (violation != null) {
            throw violation;
        }
        int count = 0;
        while (count < length && !framing.isEnded() && (count == 0 || buffered.getAsInt() > 0)) {
            if (framing.left() > 0) {
                count += readContent(target, offset + count, length - count);
                continue;
            }
            try {
                readFraming();
            } catch (ProtocolException found) {
                if (count == 0) {
                    throw found;
                }
                violation = found;
                return count;
            }
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    private int readContent(byte[] target, int offset, int length) throws IOException {
        int count = source.read(target, offset, (int) Math.min(length, framing.left()));
        if (count < 0) {
            throw new EOFException("The connection ended within a chunk");
        }
        framing.skip(count);
        return count;
    }

    private void readFraming() throws IOException {
        int next = source.read();
        if (next < 0) {
            throw new EOFException("The connection ended between two chunks");
        }
        framing.accept(next);
    }
}
