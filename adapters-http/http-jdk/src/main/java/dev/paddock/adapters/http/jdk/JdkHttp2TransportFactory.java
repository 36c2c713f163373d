package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;

/** The factory of {@link JdkTransportFactory#http2()}, so that it is found as a service. Stateless, thread-safe. */
public final class JdkHttp2TransportFactory implements HttpTransportFactory {

    private final HttpTransportFactory factory = new JdkTransportFactory().http2();

    @Override
    public String name() {
        return factory.name();
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return factory.create(endpoint, settings, listener);
    }
}
