package dev.paddock.adapters.http.sharedstate;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which only a number of bytes can be read: a few compressed bytes may stand for very many. Not thread-safe. */
final class BoundedInput extends FilterInputStream {

    private long left;

    BoundedInput(InputStream input, long most) {
        super(input);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count(skipped);
        return skipped;
    }

    private void count(long read) throws IOException {
        left -= read;
        if (left < 0) {
            throw new IOException("the answer is longer than any that is stored");
        }
    }
}
