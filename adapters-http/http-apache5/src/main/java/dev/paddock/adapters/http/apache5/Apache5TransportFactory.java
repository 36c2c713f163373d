package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.Endpoint;

/**
 * Makes transports over Apache HttpClient 5 that speak HTTP/1.1 and observe every event of their connections. They
 * have no threads of their own, except a virtual one for each name lookup. Stateless, thread-safe.
 */
public final class Apache5TransportFactory implements HttpTransportFactory {

    private final HostLookup.Resolver resolver;

    /** Creates a factory of transports that ask the platform for addresses. */
    public Apache5TransportFactory() {
        this(HostLookup.platform());
    }

    Apache5TransportFactory(HostLookup.Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public String name() {
        return "apache5";
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new Apache5Transport(new TransportState(endpoint, settings, resolver, listener));
    }
}
