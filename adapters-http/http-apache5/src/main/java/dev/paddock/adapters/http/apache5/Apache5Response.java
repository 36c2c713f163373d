package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is read straight from the connection. The library's stream is never closed: that would drain
 * it.
 */
final class Apache5Response implements TransportResponse {

    private final Apache5Call call;
    private final Apache5ResponseHead head;
    private final boolean persistent;
    private final @Nullable HttpEntity body;
    private final @Nullable InputStream content;
    private final ConnectionUse connection;
    private long received;
    private volatile boolean complete;
    private @Nullable TransportException failure;

    Apache5Response(Apache5Call call, Apache5ResponseHead head, ClassicHttpResponse response, boolean persistent)
            throws IOException {
        this.call = call;
        this.head = head;
        this.persistent = persistent;
        this.body = response.getEntity();
        this.content = body == null ? null : body.getContent();
        this.connection = call.state().connectionUse();
        call.state().enter(CallPhase.BODY);
        completeAtLength();
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public Headers headers() {
        return head.headers();
    }

    @Override
    public String protocol() {
        return head.protocol();
    }

    @Override
    public ConnectionUse connection() {
        return connection;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (failure != null) {
            throw failure;
        }
        if (complete || content == null) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        try {
            call.requireRunning();
            return received(content.read(buffer, offset, length));
        } catch (IOException | RuntimeException cause) {
            failure = call.failed(cause);
            throw failure;
        }
    }

    private int received(int count) throws IOException {
        if (count >= 0) {
            received += count;
            completeAtLength();
            return count;
        }
        if (body != null && body.isChunked() && call.state().isConnectionEnded()) {
            // The library takes the end of the stream for the end of the trailers.
            throw new ConnectionClosedException("The end of the chunked body is missing");
        }
        complete();
        return -1;
    }

    /** A body of known length is complete with its last byte: its reader need not come back to hear so. */
    private void completeAtLength() {
        if (body == null || received == body.getContentLength()) {
            complete();
        }
    }

    private void complete() {
        call.complete(head.headers(), persistent);
        complete = true;
    }

    @Override
    public void close() {
        call.cancel();
    }
}
