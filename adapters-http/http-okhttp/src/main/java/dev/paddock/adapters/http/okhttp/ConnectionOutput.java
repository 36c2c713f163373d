package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The output of one connection, which replaces the head that the library writes by the head of the request: the library
 * normalises targets, forbids bodies to some methods, and encodes fields as UTF-8. Used by one thread at a time.
 */
final class ConnectionOutput extends OutputStream {

    private final OutputStream target;
    private byte @Nullable [] replacement;
    private int unwanted;
    private boolean failing;

    ConnectionOutput(OutputStream target) {
        this.target = target;
    }

    /** Sets the next head, sent instead of the given number of bytes that the library writes. */
    void replaceHead(byte[] head, int replaced) {
        replacement = head;
        unwanted = replaced;
    }

    /** Makes further writes fail, so that the library reads the early response. */
    void failWrites() {
        failing = true;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failing) {
            throw new IOException("The server has answered before the request was sent");
        }
        int skipped = Math.min(length, unwanted);
        unwanted -= skipped;
        byte[] head = replacement;
        if (head == null) {
            target.write(bytes, offset, length);
        } else if (unwanted == 0) {
            replacement = null;
            byte[] together = Arrays.copyOf(head, head.length + length - skipped);
            System.arraycopy(bytes, offset + skipped, together, head.length, length - skipped);
            target.write(together);
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }
}
