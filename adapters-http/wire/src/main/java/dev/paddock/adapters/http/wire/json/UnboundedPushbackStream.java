package dev.paddock.adapters.http.wire.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A stream into which bytes can be put back at any time, as many as there are. Not thread-safe. */
final class UnboundedPushbackStream extends InputStream {

    private final InputStream source;
    private InputStream first = InputStream.nullInputStream();
    private boolean ended;

    UnboundedPushbackStream(InputStream source) {
        this.source = source;
    }

    /** Makes bytes the next ones to be read. */
    void putBack(byte[] bytes) {
        first = new SequenceInputStream(new ByteArrayInputStream(bytes), first);
    }

    @Override
    public int read() throws IOException {
        byte[] next = new byte[1];
        return read(next, 0, 1) < 0 ? -1 : next[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int again = first.read(target, offset, length);
        if (again >= 0 || ended) {
            return again;
        }
        int count = source.read(target, offset, length);
        ended = count < 0; // two readers take turns, and a stream need not say twice that it is over
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
