package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.testsupport.fault.TcpConnection;
import dev.paddock.testsupport.fault.Toxic;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * What stands for the handshake of TCP: nothing goes to the server before the given time has passed since the
 * connection was opened. A client that speaks first, as every one of HTTP and TLS does, cannot tell it from a slow
 * {@code connect}.
 *
 * @param time how long it takes, zero or more
 */
record HandshakeDelay(Duration time) implements Toxic {

    HandshakeDelay {
        if (requireNonNull(time, "time").isNegative()) {
            throw new IllegalArgumentException("a handshake takes no negative time");
        }
    }

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        long over = System.nanoTime() + time.toNanos();
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                wire.pause(Duration.ofNanos(over - System.nanoTime()));
                next.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                next.flush();
            }

            @Override
            public void close() throws IOException {
                next.close();
            }
        };
    }
}
