package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.BodyPieces;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of a request, which knows how much of it has been handed to the connection. */
final class Apache5RequestBody extends AbstractHttpEntity {

    private final RequestBody content;
    private final Runnable whenSent;
    private volatile long written;

    /**
     * Creates the body.
     *
     * @param whenSent runs after each piece
     */
    Apache5RequestBody(RequestBody content, Runnable whenSent) {
        super((ContentType) null, null);
        this.content = content;
        this.whenSent = whenSent;
    }

    long written() {
        return written;
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        long offset = 0;
        while (offset < content.length()) {
            BodyPiece piece = BodyPieces.read(content, offset);
            output.write(piece.array(), piece.offset(), piece.length());
            offset += piece.length();
            written = offset;
            whenSent.run();
        }
    }

    @Override
    public long getContentLength() {
        return content.length();
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("the body is written, not read");
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
