package dev.paddock.tcktests;

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
import dev.paddock.example.socket.SocketTransportFactory;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A correct transport, of which a subclass makes one point faulty. */
class FaultyTransport implements HttpTransportFactory {

    @Override
    public String name() {
        return "faulty";
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

    TransportCall call(HttpTransport correct, TransportRequest request, CallListener listener) {
        return new Call(correct.newCall(request, listener));
    }

    TransportResponse execute(TransportCall correct) {
        return response(correct.execute());
    }

    void cancel(TransportCall correct) {
        correct.cancel();
    }

    TransportResponse response(TransportResponse correct) {
        return new Response(correct);
    }

    int read(TransportResponse correct, byte[] buffer, int offset, int length) {
        return correct.read(buffer, offset, length);
    }

    void close(TransportResponse correct) {
        correct.close();
    }

    private final class Transport implements HttpTransport {

        private final HttpTransport correct;

        private Transport(HttpTransport correct) {
            this.correct = correct;
        }

        @Override
        public TransportCall newCall(TransportRequest request, CallListener listener) {
            return call(correct, request, listener);
        }

        @Override
        public Set<ConnectionEvent> reportedEvents() {
            return correct.reportedEvents();
        }

        @Override
        public @Nullable Integer idleConnections() {
            return correct.idleConnections();
        }

        @Override
        public void closeIdle(Duration unusedFor) {
            correct.closeIdle(unusedFor);
        }

        @Override
        public void close() {
            correct.close();
        }
    }

    /** A call that does what the transport around it makes of it. */
    final class Call implements TransportCall {

        private final TransportCall correct;

        private Call(TransportCall correct) {
            this.correct = correct;
        }

        @Override
        public TransportResponse execute() {
            return FaultyTransport.this.execute(correct);
        }

        @Override
        public void cancel() {
            FaultyTransport.this.cancel(correct);
        }
    }

    private final class Response implements TransportResponse {

        private final TransportResponse correct;

        private Response(TransportResponse correct) {
            this.correct = correct;
        }

        @Override
        public int status() {
            return correct.status();
        }

        @Override
        public Headers headers() {
            return correct.headers();
        }

        @Override
        public String protocol() {
            return correct.protocol();
        }

        @Override
        public ConnectionUse connection() {
            return correct.connection();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return FaultyTransport.this.read(correct, buffer, offset, length);
        }

        @Override
        public void close() {
            FaultyTransport.this.close(correct);
        }
    }
}
