package dev.paddock.testsupport.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;

/** Resets the connection instead of sending. */
record Reset() implements Toxic {

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        return new ForwardingOutputStream(next) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                next.flush();
                wire.reset();
                throw new SocketException("The connection was reset on purpose");
            }
        };
    }
}
