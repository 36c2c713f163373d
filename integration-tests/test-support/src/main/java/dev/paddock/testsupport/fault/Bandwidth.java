package dev.paddock.testsupport.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Lets so many bytes pass in a second, in pieces of about ten milliseconds. */
record Bandwidth(long bytesPerSecond) implements Toxic {

    private static final long PIECES_PER_SECOND = 100;
    private static final int LARGEST_PIECE = 64 * 1024;
    private static final double NANOS_PER_SECOND = 1e9;

    Bandwidth {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("at least 1 byte per second, not " + bytesPerSecond);
        }
    }

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        return new Throttle(next, wire);
    }

    private final class Throttle extends ForwardingOutputStream {

        private final TcpConnection wire;
        private final int piece = Math.clamp(bytesPerSecond / PIECES_PER_SECOND, 1, LARGEST_PIECE);
        private long freeAt = System.nanoTime();

        Throttle(OutputStream next, TcpConnection wire) {
            super(next);
            this.wire = wire;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += piece) {
                int count = Math.min(piece, length - at);
                long now = System.nanoTime();
                // Time in which nothing was sent is not made up for.
                freeAt = now - freeAt > 0 ? now : freeAt;
                wire.pause(Duration.ofNanos(freeAt - now));
                next().write(bytes, offset + at, count);
                freeAt += (long) (count * NANOS_PER_SECOND / bytesPerSecond);
            }
        }
    }
}
