package dev.paddock.testsupport.fault;

import java.io.IOException;
import java.io.OutputStream;

/** A stream before another one: what is not said otherwise passes on. */
abstract class ForwardingOutputStream extends OutputStream {

    private final OutputStream next;

    ForwardingOutputStream(OutputStream next) {
        this.next = next;
    }

    OutputStream next() {
        return next;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    @Override
    public void flush() throws IOException {
        next.flush();
    }

    @Override
    public void close() throws IOException {
        next.close();
    }
}
