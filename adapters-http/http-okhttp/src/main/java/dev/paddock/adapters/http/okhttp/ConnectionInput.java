package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.support.ChunkedInput;
import dev.paddock.adapters.http.spi.support.HttpViolation;
import dev.paddock.adapters.http.spi.support.ReceivedBytes;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The input of one connection, which the library can read only up to the end of the current response. Otherwise unasked bytes
 * after a response would stay in a buffer of the library and pass for the next response. The library gets a head line by line, and
 * a chunked body in chunks as they arrive. Used by one thread at a time.
 */
final class ConnectionInput extends InputStream {

    /** A little less than the limit of the library, which reports a head that is too long as the end of the connection. */
    private static final int MAX_HEAD = 250 * 1024;

    private static final int MAX_INTERIM_RESPONSES = 8;

    /** A longer synthetic body ends early, which costs the connection: a new one is cheaper. */
    private static final int MAX_SYNTHETIC_BODY = 64 * 1024;

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SIZE_LINE = 6;

    private final ReceivedBytes received;
    private final byte[] chunk = new byte[SIZE_LINE + ReceivedBytes.BUFFER_SIZE + 2];
    private InputStream encoded = InputStream.nullInputStream(); // comes before anything else
    private boolean inHead;
    private int headLength; // of the heads of one response, interim ones included
    private int heads;
    private @Nullable ChunkedInput chunks;
    private long length; // of the rest of a body that is not chunked

    ConnectionInput(InputStream socket) {
        this.received = new ReceivedBytes(socket);
    }

    /** Returns what has arrived. */
    ReceivedBytes received() {
        return received;
    }

    /** Expects nothing until the next response. */
    void expectNothing() {
        encoded = InputStream.nullInputStream();
        inHead = false;
        chunks = null;
        length = 0;
    }

    /** Expects the head of a response. */
    void expectHead() {
        expectNothing();
        inHead = true;
        headLength = 0;
        heads = 0;
    }

    /** Expects the body of a response to a request with the given method. */
    void expectBody(ResponseHead response, String method) {
        expectNothing();
        long announced = response.headers().contentLength();
        boolean unknown = announced == Headers.UNKNOWN_LENGTH;
        if (!response.hasBody(method)) {
            // The library waits for a body that only the head announces, as with status 304 (RFC 9110, section 8.6).
            int size = unknown ? 0 : (int) Math.min(MAX_SYNTHETIC_BODY, announced);
            encoded = new ByteArrayInputStream(response.isChunked() ? LAST_CHUNK : new byte[size]);
        } else if (response.isChunked()) {
            chunks = new ChunkedInput(received, received::buffered);
        } else {
            length = unknown ? Long.MAX_VALUE : announced;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        if (encoded.available() == 0 && inHead) {
            encoded = nextLine();
        } else if (encoded.available() == 0 && chunks != null) {
            encoded = nextChunk(chunks);
        }
        if (encoded.available() > 0) {
            return encoded.read(target, offset, wanted);
        }
        if (length == 0) {
            // The library probes connections that were idle for long; it takes this for a good one.
            throw new SocketTimeoutException("No response is expected");
        }
        int count = received.read(target, offset, (int) Math.min(wanted, length));
        length -= Math.max(0, count);
        return count;
    }

    /** Reads a line of a head. Also rejects the protocols besides HTTP/1 that the library accepts. */
    private InputStream nextLine() throws IOException {
        if (heads > MAX_INTERIM_RESPONSES) {
            throw HttpViolation.INTERIM_RESPONSES.toException();
        }
        String line = ReceivedBytes.readLine(received);
        if (headLength == 0 && !line.startsWith("HTTP/1.")) {
            throw HttpViolation.STATUS_LINE.toException();
        }
        headLength += line.length() + 2;
        if (headLength > MAX_HEAD) {
            throw HttpViolation.HEAD_LENGTH.toException();
        }
        heads += line.isEmpty() ? 1 : 0;
        return new ByteArrayInputStream((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Encodes what has arrived of a chunked body as a chunk again: the library then finds only valid chunks. */
    private InputStream nextChunk(ChunkedInput body) throws IOException {
        int count = body.read(chunk, SIZE_LINE, ReceivedBytes.BUFFER_SIZE);
        if (count < 0) {
            return new ByteArrayInputStream(LAST_CHUNK);
        }
        byte[] size = (HexFormat.of().toHexDigits((short) count) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, chunk, 0, SIZE_LINE);
        chunk[SIZE_LINE + count] = '\r';
        chunk[SIZE_LINE + count + 1] = '\n';
        return new ByteArrayInputStream(chunk, 0, SIZE_LINE + count + 2);
    }
}
