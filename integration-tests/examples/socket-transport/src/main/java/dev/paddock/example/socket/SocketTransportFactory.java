package dev.paddock.example.socket;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.AbstractTransport;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.Endpoint;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Creates transports over plain sockets. */
public final class SocketTransportFactory implements HttpTransportFactory {

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new SocketTransport(new TransportState(endpoint, settings, listener));
    }

    /** The connections to one endpoint, without a limit on their number: the pool above has one. Thread-safe. */
    static final class SocketTransport extends AbstractTransport {

        private final ConcurrentLinkedDeque<SocketConnection> idle = new ConcurrentLinkedDeque<>();

        SocketTransport(TransportState state) {
            super(state);
        }

        ConcurrentLinkedDeque<SocketConnection> idle() {
            return idle;
        }

        @Override
        public TransportCall newCall(TransportRequest request, CallListener listener) {
            return new SocketCall(this, request, listener);
        }
    }
}
