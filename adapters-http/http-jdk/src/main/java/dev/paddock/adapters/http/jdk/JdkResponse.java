package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A response whose body is pulled from the client, one read of the connection at a time. */
final class JdkResponse implements TransportResponse {

    private final JdkCall call;
    private final JdkResponseHead head;
    private final JdkBodySubscriber body;
    private final ConnectionUse connection;
    private boolean complete;
    private @Nullable TransportException failure;

    JdkResponse(JdkCall call, JdkResponseHead head, JdkBodySubscriber body, ConnectionUse connection) {
        this.call = call;
        this.head = head;
        this.body = body;
        this.connection = connection;
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
        if (complete) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        try {
            call.requireRunning();
            int count = body.read(buffer, offset, length);
            if (count < 0) {
                complete = true;
                call.complete();
            }
            return count;
        } catch (IOException | RuntimeException cause) {
            failure = call.failed(cause);
            throw failure;
        }
    }

    @Override
    public void close() {
        if (body.isComplete()) {
            call.complete();
        } else {
            call.cancel();
        }
    }
}
