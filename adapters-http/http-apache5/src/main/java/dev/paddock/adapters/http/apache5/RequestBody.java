package dev.paddock.adapters.http.apache5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of a request, which knows how much of it has been handed to the connection. */
final class RequestBody extends AbstractHttpEntity {

    /** Small enough to tell progress, and to notice an early response between two pieces. */
    private static final int PIECE = 64 * 1024;

    private final byte[] content;
    private final Runnable whenSent;
    private volatile long written;

    /**
     * Creates the body.
     *
     * @param whenSent runs after each piece
     */
    RequestBody(byte[] content, Runnable whenSent) {
        super((ContentType) null, null);
        this.content = content;
        this.whenSent = whenSent;
    }

    long written() {
        return written;
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        for (int offset = 0; offset < content.length; offset += PIECE) {
            int length = Math.min(PIECE, content.length - offset);
            output.write(content, offset, length);
            written = offset + (long) length;
            whenSent.run();
        }
    }

    @Override
    public long getContentLength() {
        return content.length;
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
