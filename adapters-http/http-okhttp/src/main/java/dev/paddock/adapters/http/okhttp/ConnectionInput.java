package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the server says on one connection. It is handed to the library no further than the response reaches, the head line by
 * line: what follows a response would else disappear in a buffer of the library, and pass for the next response. Used by one
 * thread at a time.
 */
final class ConnectionInput extends InputStream {

    private static final int BUFFER_SIZE = 8192;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private long received;
    private @Nullable HeadLimits head = new HeadLimits();
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

    /** Expects a body in chunks. */
    void expectChunks() {
        expectBytes(0);
        chunks = new ChunkFraming();
    }

    /** Expects so many bytes of a body, or as many as come. */
    void expectBytes(long count) {
        head = null;
        chunks = null;
        syntheticBody = null;
        length = count;
    }

    /** Lets the library read something that the server does not send. */
    void substituteBody(InputStream body) {
        expectBytes(0);
        syntheticBody = body;
    }

    /** Returns how many bytes have arrived. */
    long received() {
        return received;
    }

    /** Tells whether something has arrived that was not read. */
    boolean hasArrived() {
        try {
            return position < limit || source.available() > 0;
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

    /** Returns how many of the next bytes the response reaches to. */
    private int next(int most) throws ProtocolException {
        if (head != null) {
            int line = endOfLine(most);
            head.check(buffer, position, line);
            return line;
        }
        if (chunks != null) {
            return chunks.next(buffer, position, most);
        }
        if (length == 0) {
            throw new ProtocolException("The server says something that nobody asked for");
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

    /** Returns how many bytes there are up to the end of the line, or to the end of what may be read. */
    private int endOfLine(int most) {
        for (int index = 0; index < most; index++) {
            if (buffer[position + index] == '\n') {
                return index + 1;
            }
        }
        return most;
    }
}
