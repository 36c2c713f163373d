package dev.paddock.testsupport.fault;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A toxic that begins after some bytes. With the last byte before its place it is handed an empty piece, so that what
 * needs no further byte (a reset, an end) happens at once.
 */
record After(long bytes, Toxic toxic) implements Toxic {

    After {
        requireNonNull(toxic, "toxic");
        if (bytes < 0) {
            throw new IllegalArgumentException("the place of a fault must be 0 or more, not " + bytes);
        }
    }

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        return new Turn(next, toxic.on(next, wire), bytes);
    }

    private static final class Turn extends ForwardingOutputStream {

        private final OutputStream faulty;
        private long left;

        Turn(OutputStream next, OutputStream faulty, long left) {
            super(next);
            this.faulty = faulty;
            this.left = left;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int healthy = (int) Math.min(left, length);
            if (healthy > 0) {
                next().write(bytes, offset, healthy);
                left -= healthy;
            }
            if (left == 0) {
                faulty.write(bytes, offset + healthy, length - healthy);
            }
        }

        @Override
        public void flush() throws IOException {
            current().flush();
        }

        @Override
        public void close() throws IOException {
            current().close();
        }

        private OutputStream current() {
            return left > 0 ? next() : faulty;
        }
    }
}
