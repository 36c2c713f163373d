package dev.paddock.adapters.http.apache5;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A socket's input that counts what arrives and remembers its end; bytes pass without being copied. Confined to the call that
 * has the connection.
 */
final class WatchedInput extends FilterInputStream {

    private long received;
    private boolean ended;

    WatchedInput(InputStream input) {
        super(input);
    }

    long received() {
        return received;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        count(value < 0 ? value : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        count(count);
        return count;
    }

    private void count(int count) {
        if (count < 0) {
            ended = true;
        } else {
            received += count;
        }
    }
}
