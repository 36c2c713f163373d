package dev.paddock.testsupport.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/** Replaces every byte. */
record Garbage(long seed) implements Toxic {

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        Random random = new Random(seed);
        return new ForwardingOutputStream(next) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                byte[] other = new byte[length];
                random.nextBytes(other);
                next.write(other, 0, length);
            }
        };
    }
}
