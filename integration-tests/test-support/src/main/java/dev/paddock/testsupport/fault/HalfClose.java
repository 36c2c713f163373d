package dev.paddock.testsupport.fault;

import java.io.IOException;
import java.io.OutputStream;

/** Ends the direction instead of sending. */
record HalfClose() implements Toxic {

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        return new ForwardingOutputStream(next) {
            private boolean ended;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                close();
            }

            @Override
            public void close() throws IOException {
                if (!ended) {
                    ended = true;
                    next.close();
                }
            }
        };
    }
}
