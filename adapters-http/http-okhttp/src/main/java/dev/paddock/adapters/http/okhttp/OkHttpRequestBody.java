package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The body of a request, written by its call. */
final class OkHttpRequestBody extends RequestBody {

    private final OkHttpCall call;

    OkHttpRequestBody(OkHttpCall call) {
        this.call = call;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        call.writeBody((array, offset, length) -> {
            checkForEarlyResponse();
            sink.write(array, offset, length);
            sink.flush();
        });
    }

    /**
     * A server may answer before it has read the body, for example that the body is too large (RFC 9112, section 9.3). The
     * library looks for an early response only when it cannot write.
     */
    private void checkForEarlyResponse() {
        OkHttpConnection connection = call.openConnection();
        if (connection != null
                && !connection.isMultiplexed()
                && call.progress().bytesWritten() > 0
                && connection.input().hasArrived()) {
            connection.output().failWrites();
        }
    }

    @Override
    public long contentLength() {
        return call.request().body().length();
    }

    /** Null: the header fields of the request name the type. */
    @Override
    public @Nullable MediaType contentType() {
        return null;
    }

    /** True: the library must not send a body twice. */
    @Override
    public boolean isOneShot() {
        return true;
    }
}
