package dev.paddock.testsupport.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Cuts what is sent into segments of a size, with a time before each; the last of a piece may be smaller. */
record Slices(int size, Duration gap) implements Toxic {

    Slices {
        if (size < 1 || gap.isNegative()) {
            throw new IllegalArgumentException("no slices: " + size + " bytes every " + gap);
        }
    }

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        return new ForwardingOutputStream(next) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int at = 0; at < length; at += size) {
                    wire.pause(gap);
                    next.write(bytes, offset + at, Math.min(size, length - at));
                }
            }
        };
    }
}
