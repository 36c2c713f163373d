package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The input of one connection, which the library can read only up to the end of the current response, the head line by line.
 * Otherwise unasked bytes after a response would stay in a buffer of the library and pass for the next response. Used by one
 * thread at a time.
 */
final class ConnectionInput extends InputStream {

    private static final int BUFFER_SIZE = 8192;

    /** A longer synthetic body breaks off, which costs the connection: a new one is cheaper. */
    private static final int MAX_SYNTHETIC_BODY = 64 * 1024;

    private static final byte[] NO_CHUNKS = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private long received;
    private @Nullable HeadLimits head;
    private @Nullable ChunkFraming chunks;
    private @Nullable InputStream syntheticBody;
    private long length;

    ConnectionInput(InputStream source) {
        this.source = source;
    }

    /** Expects the head of a response. */
    void expectHead() {
        expectBytes(0);
        head = new HeadLimits();
    }

    /** Expects nothing until the next response. */
    void expectNothing() {
        expectBytes(0);
    }

    /** Expects the body of a response to a request with the given method. */
    void expectBody(ResponseHead response, String method) {
        long announced = response.headers().contentLength();
        boolean unknown = announced == Headers.UNKNOWN_LENGTH;
        if (!response.hasBody(method)) {
            // The library waits for a body that only the head announces, as with status 304 (RFC 9110, section 8.6).
            int size = unknown ? 0 : (int) Math.min(MAX_SYNTHETIC_BODY, announced);
            expectBytes(0);
            syntheticBody = new ByteArrayInputStream(response.isChunked() ? NO_CHUNKS : new byte[size]);
        } else if (response.isChunked()) {
            expectBytes(0);
            chunks = new ChunkFraming();
        } else {
            expectBytes(unknown ? Long.MAX_VALUE : announced);
        }
    }

    private void expectBytes(long count) {
        head = null;
        chunks = null;
        syntheticBody = null;
        length = count;
    }

    /** Returns how many bytes have arrived. */
    long received() {
        return received;
    }

    /** Returns whether bytes have arrived that were not read. */
    boolean hasArrived() {
        try {
            return available() > 0;
        } catch (IOException broken) {
            return false;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        if (syntheticBody != null) {
            return syntheticBody.read(target, offset, wanted);
        }
        if (position == limit && !fill()) {
            return -1;
        }
        int count = next(Math.min(wanted, limit - position));
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    /** Returns how many of the next bytes belong to the response. */
    private int next(int most) throws ProtocolException {
        if (head != null) {
            return head.next(buffer, position, most);
        }
        if (chunks != null) {
            return chunks.next(buffer, position, most);
        }
        if (length == 0) {
            throw new ProtocolException("The server sent bytes that belong to no response");
        }
        int data = (int) Math.min(most, length);
        length -= data;
        return data;
    }

    @Override
    public int available() throws IOException {
        return limit - position + source.available();
    }

    private boolean fill() throws IOException {
        int count = source.read(buffer, 0, BUFFER_SIZE);
        position = 0;
        limit = Math.max(0, count);
        received += limit;
        return count >= 0;
    }

    /**
     * Limits the heads of one response, interim ones included. The library has one limit of 256 kB for all heads. Also rejects the
     * protocols besides HTTP/1 that the library accepts, none of which begins with an H.
     */
    private static final class HeadLimits {

        private static final int MAX_LINE = 8192;
        private static final int MAX_FIELDS = 100;
        private static final int MAX_INTERIM_RESPONSES = 8;

        private int lineLength;
        private boolean blank = true;
        private int lines;
        private int heads;

        /** Returns how many of the bytes belong to one line of a head, at least one. */
        int next(byte[] bytes, int offset, int most) throws ProtocolException {
            int count = 1;
            while (count < most && bytes[offset + count - 1] != '\n') {
                count++;
            }
            check(bytes, offset, count);
            return count;
        }

        private void check(byte[] bytes, int offset, int count) throws ProtocolException {
            if (lines == 0 && lineLength == 0 && bytes[offset] != 'H') {
                throw new ProtocolException("The response is not of HTTP");
            }
            boolean ends = bytes[offset + count - 1] == '\n';
            int length = ends ? count - 1 : count;
            lineLength += length;
            blank &= length == 0 || (length == 1 && bytes[offset] == '\r');
            if (lineLength > MAX_LINE) {
                throw new ProtocolException("A line of the head is too long");
            }
            if (ends) {
                endLine();
            }
        }

        private void endLine() throws ProtocolException {
            if (blank) {
                heads++;
                lines = 0;
            } else {
                lines++;
            }
            lineLength = 0;
            blank = true;
            if (lines > MAX_FIELDS + 1) {
                throw new ProtocolException("The head has too many fields");
            }
            if (heads > MAX_INTERIM_RESPONSES + 1) {
                throw new ProtocolException("Too many interim responses");
            }
        }
    }

    /**
     * Finds the end of a chunked body, so that the library reads no further. Also rejects a chunk that is longer than its announced
     * size (RFC 9112, section 7.1): the library would skip the excess.
     */
    private static final class ChunkFraming {

        private enum ChunkPart {
            SIZE,
            EXTENSION,
            DATA,
            END_OF_DATA,
            TRAILERS
        }

        private static final int HEXADECIMAL = 16;

        /** The library refuses larger sizes. */
        private static final long LARGEST_BUT_ONE_DIGIT = Long.MAX_VALUE / HEXADECIMAL;

        private ChunkPart part = ChunkPart.SIZE;
        private long size;

        /** Returns how many of the bytes may be handed to the library next, at least one. */
        int next(byte[] bytes, int offset, int count) throws ProtocolException {
            if (part == ChunkPart.DATA) {
                int data = (int) Math.min(count, size);
                size -= data;
                part = size == 0 ? ChunkPart.END_OF_DATA : ChunkPart.DATA;
                return data;
            }
            for (int index = 0; index < count; index++) {
                byte next = bytes[offset + index];
                accept(next);
                if (next == '\n') {
                    return index + 1;
                }
            }
            return count;
        }

        private void accept(byte next) throws ProtocolException {
            if (next == '\n') {
                endLine();
            } else if (part == ChunkPart.SIZE) {
                acceptSize(next);
            } else if (part == ChunkPart.END_OF_DATA && next != '\r') {
                throw new ProtocolException("A chunk is longer than its announced size");
            }
        }

        /** The library finds invalid sizes itself. */
        private void acceptSize(byte next) {
            int digit = Character.digit(next, HEXADECIMAL);
            if (digit < 0 || size > LARGEST_BUT_ONE_DIGIT) {
                part = ChunkPart.EXTENSION;
            } else {
                size = size * HEXADECIMAL + digit;
            }
        }

        private void endLine() {
            part = switch (part) {
                case SIZE, EXTENSION -> size == 0 ? ChunkPart.TRAILERS : ChunkPart.DATA;
                case END_OF_DATA -> ChunkPart.SIZE;
                case DATA, TRAILERS -> part;
            };
        }
    }
}
