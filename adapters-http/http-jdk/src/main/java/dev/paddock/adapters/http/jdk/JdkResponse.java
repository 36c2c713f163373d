package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;

/** A response whose body is pulled from the client, one read of the connection at a time. */
final class JdkResponse extends AbstractTransportResponse {

    private final JdkCall call;
    private final JdkBody body;

    /** Creates the response; its body ends when the client says so, which has released the connection by then. */
    JdkResponse(JdkCall call, ResponseHead head, JdkBody body) {
        super(call, head, Headers.UNKNOWN_LENGTH);
        this.call = call;
        this.body = body;
    }

    @Override
    protected int readBody(byte[] buffer, int offset, int length) throws IOException {
        return body.read(buffer, offset, length);
    }

    @Override
    protected void bodyCompleted() {
        call.finish();
    }

    @Override
    public void close() {
        if (body.hasArrived()) {
            call.finish();
        } else {
            call.cancel();
        }
    }
}
