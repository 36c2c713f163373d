package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.Endpoint;

/**
 * Makes transports over Netty that speak HTTP/1.1 and observe every event of their connections. Their connections live on one or two
 * event loops that all open transports of this factory share, which are daemon threads and end with the last transport; a request that
 * {@linkplain TransportRequest#eventLoop() names an event loop} of Netty has its connection there. Thread-safe.
 */
public final class NettyTransportFactory implements HttpTransportFactory {

    private final HostLookup.Resolver resolver;
    private final EventLoops loops = new EventLoops();

    /** Creates a factory of transports that ask the platform for addresses and speak HTTP/1.1. */
    public NettyTransportFactory() {
        this(HostLookup.platform());
    }

    NettyTransportFactory(HostLookup.Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public String name() {
        return "netty";
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new NettyTransport(new TransportState(endpoint, settings, resolver, listener), loops);
    }
}
