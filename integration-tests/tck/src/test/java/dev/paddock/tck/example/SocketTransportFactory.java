package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;

/** Makes transports over plain sockets: the example of a transport of one's own. Stateless. */
public final class SocketTransportFactory implements HttpTransportFactory {

    @Override
    public String name() {
        return "sockets";
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new SocketTransport(endpoint, settings, listener);
    }
}
