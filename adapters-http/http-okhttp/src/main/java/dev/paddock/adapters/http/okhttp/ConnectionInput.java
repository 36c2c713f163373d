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
}
