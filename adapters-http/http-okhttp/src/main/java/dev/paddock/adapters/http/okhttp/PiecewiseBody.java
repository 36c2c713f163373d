package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The body of a request, which knows how much of it has been handed to the connection. */
final class PiecewiseBody extends RequestBody {

    /** Small enough to tell progress, and to notice an early response between two pieces. */
    private static final int PIECE = 64 * 1024;

    private final byte[] content;
    private final CallState call;
    private volatile long written;

    PiecewiseBody(byte[] content, CallState call) {
        this.content = content;
        this.call = call;
    }

    long written() {
        return written;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        for (int offset = 0; offset < content.length; offset += PIECE) {
            if (offset > 0) {
                noticeEarlyResponse();
            }
            int length = Math.min(PIECE, content.length - offset);
            sink.write(content, offset, length);
            sink.flush();
            written = offset + (long) length;
            call.sent();
        }
    }

    /**
     * A server may answer before it has read the body, for example that the body is too large (RFC 9112, section 9.3). The
     * library reads responses early only when it cannot write.
     */
    private void noticeEarlyResponse() {
        PooledConnection connection = call.connection();
        if (connection == null) {
            return;
        }
        ConnectionInput input = connection.input();
        ConnectionOutput output = connection.output();
        if (input != null && output != null && input.hasArrived()) {
            output.refuse();
        }
    }

    @Override
    public long contentLength() {
        return content.length;
    }

    /** The type stands among the fields of the request. */
    @Override
    public @Nullable MediaType contentType() {
        return null;
    }

    /** Nothing is sent twice. */
    @Override
    public boolean isOneShot() {
        return true;
    }
}
