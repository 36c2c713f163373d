package dev.paddock.adapters.http.spi.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Objects;

/**
 * The content of a chunked body (RFC 9112, section 7.1). Reads not one byte beyond the body, so that the connection can be used
 * again, and rejects what another reader could understand differently. Trailers are read and dropped. Used by one thread at a time.
 */
public final class ChunkedInput extends InputStream {

    private static final int MAX_TRAILERS = 100;
    private static final int HEXADECIMAL = 16;
    private static final int MAX_DIGITS = 1000; // zeros may lead

    private final InputStream source;
    private long left; // of the chunk
    private boolean started;
    private boolean ended;

    /**
     * Creates the content.
     *
     * @param source the connection, buffered: lines are read byte by byte
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
        if (ended || (left == 0 && !startChunk())) {
            return -1;
        }
        int count = source.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The connection ended within a chunk");
        }
        left -= count;
        return count;
    }

    /** Reads the size of the next chunk; false after the last chunk and its trailers. */
    private boolean startChunk() throws IOException {
        if (started) {
            readEndOfChunk();
        }
        started = true;
        left = readSize();
        for (int trailers = 0; left == 0 && !ended; trailers++) {
            if (trailers > MAX_TRAILERS) {
                throw HttpViolation.CHUNK.toException();
            }
            ended = ReceivedBytes.readLine(source).isEmpty();
        }
        return !ended;
    }

    private void readEndOfChunk() throws IOException {
        int next = source.read();
        if (next == '\r') {
            next = source.read();
        }
        if (next < 0) {
            throw new EOFException("The connection ended behind a chunk");
        }
        if (next != '\n') {
            throw HttpViolation.CHUNK.toException();
        }
    }

    /**
     * Reads the line with the size of a chunk. Only digits are a size, perhaps before an extension: a sign or a blank first is not. Every
     * chunk has such a line, so none is made an object.
     */
    private long readSize() throws IOException {
        long size = 0;
        int digits = 0;
        int next = source.read();
        for (int digit = digit(next); digit >= 0; digit = digit(next)) {
            if (size > Long.MAX_VALUE / HEXADECIMAL || digits == MAX_DIGITS) {
                throw HttpViolation.CHUNK.toException();
            }
            size = size * HEXADECIMAL + digit;
            digits++;
            next = source.read();
        }
        if (next == '\r') {
            next = source.read();
        }
        if (next < 0) {
            throw new EOFException("The connection ended within a line");
        }
        String extension = next == '\n' ? "" : ((char) next + ReceivedBytes.readLine(source)).stripLeading();
        if (digits == 0 || !(extension.isEmpty() || extension.startsWith(";"))) {
            throw HttpViolation.CHUNK.toException();
        }
        return size;
    }

    private static int digit(int character) {
        return Character.digit(character, HEXADECIMAL);
    }
}
