package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.BodyPieces;
import dev.paddock.domain.exchange.BodyPiece;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The body of a request, which knows how much of it has been handed to the connection. */
final class OkHttpRequestBody extends RequestBody {

    private final dev.paddock.domain.exchange.RequestBody content;
    private final OkHttpCallState call;
    private volatile long written;

    OkHttpRequestBody(dev.paddock.domain.exchange.RequestBody content, OkHttpCallState call) {
        this.content = content;
        this.call = call;
    }

    long written() {
        return written;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        long offset = 0;
        while (offset < content.length()) {
            if (offset > 0) {
                noticeEarlyResponse();
            }
            BodyPiece piece = BodyPieces.read(content, offset);
            sink.write(piece.array(), piece.offset(), piece.length());
            sink.flush();
            offset += piece.length();
            written = offset;
            call.bodyPieceSent();
        }
    }

    /**
     * A server may answer before it has read the body, for example that the body is too large (RFC 9112, section 9.3). The
     * library reads responses early only when it cannot write.
     */
    private void noticeEarlyResponse() {
        OkHttpConnection connection = call.connection();
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
        return content.length();
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
