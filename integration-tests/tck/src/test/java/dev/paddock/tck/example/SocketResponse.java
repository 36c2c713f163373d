package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A response whose body is read from its connection; at its end the connection goes back. */
final class SocketResponse implements TransportResponse {

    private final SocketCall call;
    private final SocketConnection connection;
    private final ResponseHead head;
    private final ResponseBody body;
    private final ConnectionUse use;
    private volatile boolean complete;
    private @Nullable TransportException failure;

    SocketResponse(SocketCall call, SocketConnection connection, ResponseHead head, ResponseBody body) {
        this.call = call;
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.use = new ConnectionUse(connection.id(), connection.hasServed());
        completeAtEnd();
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
        return use;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (failure != null) {
            throw failure;
        }
        if (complete) {
            return -1;
        }
        try {
            call.requireRunning();
            int count = body.read(buffer, offset, length);
            completeAtEnd();
            return count;
        } catch (IOException | RuntimeException broken) {
            failure = call.failed(broken);
            throw failure;
        }
    }

    private void completeAtEnd() {
        if (body.isComplete() && !call.isCancelled()) {
            complete = true;
            call.complete(connection, head, body.endsWithoutTheConnection());
        }
    }

    @Override
    public void close() {
        if (!complete) {
            call.cancel();
        }
    }
}
