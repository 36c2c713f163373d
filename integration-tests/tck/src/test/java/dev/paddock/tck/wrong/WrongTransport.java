package dev.paddock.tck.wrong;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.tck.example.SocketTransportFactory;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A right transport, to be made wrong in one point by whoever extends it. */
class WrongTransport implements HttpTransportFactory {

    @Override
    public String name() {
        return "wrong";
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new Transport(
                new SocketTransportFactory().create(endpoint, settings(settings), listener(listener)));
    }

    TransportSettings settings(TransportSettings settings) {
        return settings;
    }

    ConnectionListener listener(ConnectionListener listener) {
        return listener;
    }

    TransportCall call(HttpTransport right, TransportRequest request, CallListener listener) {
        return new Call(right.newCall(request, listener));
    }

    TransportResponse execute(TransportCall right) {
        return response(right.execute());
    }

    void cancel(TransportCall right) {
        right.cancel();
    }

    TransportResponse response(TransportResponse right) {
        return new Response(right);
    }

    int read(TransportResponse right, byte[] buffer, int offset, int length) {
        return right.read(buffer, offset, length);
    }

    void close(TransportResponse right) {
        right.close();
    }

    private final class Transport implements HttpTransport {

        private final HttpTransport right;

        private Transport(HttpTransport right) {
            this.right = right;
        }

        @Override
        public TransportCall newCall(TransportRequest request, CallListener listener) {
            return call(right, request, listener);
        }

        @Override
        public Set<ConnectionEvent> reportedEvents() {
            return right.reportedEvents();
        }

        @Override
        public @Nullable Integer idleConnections() {
            return right.idleConnections();
        }

        @Override
        public void closeIdle(Duration unusedFor) {
            right.closeIdle(unusedFor);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    /** A call that does what the transport around it makes of it. */
    final class Call implements TransportCall {

        private final TransportCall right;

        private Call(TransportCall right) {
            this.right = right;
        }

        @Override
        public TransportResponse execute() {
            return WrongTransport.this.execute(right);
        }

        @Override
        public void cancel() {
            WrongTransport.this.cancel(right);
        }
    }

    private final class Response implements TransportResponse {

        private final TransportResponse right;

        private Response(TransportResponse right) {
            this.right = right;
        }

        @Override
        public int status() {
            return right.status();
        }

        @Override
        public Headers headers() {
            return right.headers();
        }

        @Override
        public String protocol() {
            return right.protocol();
        }

        @Override
        public ConnectionUse connection() {
            return right.connection();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return WrongTransport.this.read(right, buffer, offset, length);
        }

        @Override
        public void close() {
            WrongTransport.this.close(right);
        }
    }
}
