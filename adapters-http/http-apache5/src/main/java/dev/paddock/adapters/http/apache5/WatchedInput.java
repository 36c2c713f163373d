package dev.paddock.adapters.http.apache5;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A socket's input that counts bytes and remembers its end, without copying. It can also read without waiting. Confined to the
 * call that has the connection.
 */
final class WatchedInput extends FilterInputStream {

    private final @Nullable SocketChannel channel;
    private final boolean encrypted;
    private long received;
    private boolean ended;
    private boolean waiting = true;

    /**
     * Creates the input.
     *
     * @param input the socket's input, decrypted
     * @param channel the channel below it, or null when there is none and reading always waits
     * @param encrypted whether the input may hold decrypted bytes that the channel no longer has
     */
    WatchedInput(InputStream input, @Nullable SocketChannel channel, boolean encrypted) {
        super(input);
        this.channel = channel;
        this.encrypted = encrypted;
    }

    /**
     * Sets whether a read waits for the server, or fails as after a timeout when nothing has arrived. Over TLS, bytes that are
     * read without waiting may still be encrypted: they show that something has arrived, and have no other use.
     */
    void setWaiting(boolean waiting) {
        this.waiting = waiting;
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
        int count = waiting || channel == null || (encrypted && in.available() > 0)
                ? in.read(buffer, offset, length)
                : readWhatIsThere(channel, ByteBuffer.wrap(buffer, offset, length));
        count(count);
        return count;
    }

    private static int readWhatIsThere(SocketChannel channel, ByteBuffer buffer) throws IOException {
        channel.configureBlocking(false);
        try {
            int count = channel.read(buffer);
            if (count == 0) {
                throw new NothingArrivedException();
            }
            return count;
        } finally {
            channel.configureBlocking(true);
        }
    }

    private void count(int count) {
        if (count < 0) {
            ended = true;
        } else {
            received += count;
        }
    }

    /** Has no stack trace: it is thrown on every reuse of a connection. */
    private static final class NothingArrivedException extends SocketTimeoutException {

        private static final long serialVersionUID = 1L;

        NothingArrivedException() {
            super("Nothing has arrived");
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
