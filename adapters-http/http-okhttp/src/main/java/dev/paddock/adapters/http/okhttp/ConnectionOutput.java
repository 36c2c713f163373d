package dev.paddock.adapters.http.okhttp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The output of one connection, which replaces the head that the library writes by the head of the request: the library
 * normalises targets, forbids bodies to some methods, and adds fields. Used by one thread at a time.
 */
final class ConnectionOutput extends OutputStream {

    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final OutputStream target;
    private byte @Nullable [] replacement;
    private int matched;
    private boolean failing;

    ConnectionOutput(OutputStream target) {
        this.target = target;
    }

    /** Sets the next head. */
    void replaceHead(byte[] head) {
        replacement = head;
        matched = 0;
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
        byte[] head = replacement;
        if (head == null) {
            target.write(bytes, offset, length);
            return;
        }
        int end = endOfHead(bytes, offset, offset + length);
        if (matched == END_OF_HEAD.length) {
            replacement = null;
            ByteArrayOutputStream together = new ByteArrayOutputStream(head.length + offset + length - end);
            together.writeBytes(head);
            together.write(bytes, end, offset + length - end);
            target.write(together.toByteArray());
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    private int endOfHead(byte[] bytes, int from, int to) {
        int index = from;
        while (index < to && matched < END_OF_HEAD.length) {
            byte next = bytes[index];
            if (next == END_OF_HEAD[matched]) {
                matched++;
            } else {
                matched = next == '\r' ? 1 : 0;
            }
            index++;
        }
        return index;
    }
}
