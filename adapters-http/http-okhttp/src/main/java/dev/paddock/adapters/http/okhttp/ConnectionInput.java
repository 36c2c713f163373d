package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * What the server says on one connection. It is handed to the library no further than the response can reach, line by line
 * where no length is known: what follows a response would else disappear in a buffer of the library, and pass for the next
 * response. Used by one thread at a time.
 */
final class ConnectionInput extends InputStream {

    private static final int BUFFER_SIZE = 8192;
    private static final long LINES = -1;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private long received;
    private long length = LINES;
    private HeadLimits heads = new HeadLimits();
    private boolean inHead = true;

    ConnectionInput(InputStream source) {
        this.source = source;
    }

    /** Expects the head of a response. */
    void expectHead() {
        length = LINES;
        heads = new HeadLimits();
        inHead = true;
    }

    /** Expects a body that ends by what its lines say. */
    void expectChunks() {
        inHead = false;
    }

    /** Expects so many bytes of a body, or as many as come. */
    void expectBytes(long count) {
        inHead = false;
        length = count;
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
        if (position == limit && !fill()) {
            return -1;
        }
        int count = Math.min(wanted, limit - position);
        count = length > 0 ? (int) Math.min(count, length) : endOfLine(count);
        System.arraycopy(buffer, position, target, offset, count);
        if (inHead) {
            heads.check(buffer, position, count);
        }
        position += count;
        length = length > 0 ? length - count : length;
        return count;
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
