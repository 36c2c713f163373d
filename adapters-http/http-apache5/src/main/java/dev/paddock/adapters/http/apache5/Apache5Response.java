package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A response whose body is read straight from the connection. The library's stream is never closed: that would drain it. */
final class Apache5Response extends AbstractTransportResponse {

    private final Apache5Call call;
    private final boolean persistent;
    private final boolean chunked;
    private final InputStream content;

    Apache5Response(Apache5Call call, ResponseHead head, @Nullable HttpEntity body, boolean persistent)
            throws IOException {
        super(call, head, body == null ? 0 : body.getContentLength());
        this.call = call;
        this.persistent = persistent;
        this.chunked = body != null && body.isChunked();
        this.content = body == null ? InputStream.nullInputStream() : body.getContent();
    }

    @Override
    protected int readBody(byte[] buffer, int offset, int length) throws IOException {
        int count = content.read(buffer, offset, length);
        if (count < 0 && chunked && call.isConnectionEnded()) {
            // The library takes the end of the stream for the end of the trailers.
            throw new ConnectionClosedException("The end of the chunked body is missing");
        }
        return count;
    }

    @Override
    protected void bodyCompleted() {
        call.release(headers(), persistent);
    }
}
