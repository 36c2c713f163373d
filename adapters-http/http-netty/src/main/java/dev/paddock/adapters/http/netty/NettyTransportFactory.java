package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.ForwardingTransportFactory;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Makes transports over Netty that speak HTTP/1.1 and observe every event of their connections. Their connections live on one or two
 * event loops that all open transports of this factory share, which are daemon threads and end with the last transport; a request that
 * {@linkplain TransportRequest#eventLoop() names an event loop} of Netty has its connection there, if it is of the kind that the settings
 * say: over NIO, or over Netty's native library. Thread-safe.
 */
public final class NettyTransportFactory implements HttpTransportFactory {

    /** The factory of {@link #http2()} as a service. */
    public static final class Http2 extends ForwardingTransportFactory {

        /** Creates a factory of transports that also offer HTTP/2. */
        public Http2() {
            super(new NettyTransportFactory().http2());
        }
    }

    private final HostLookup.Resolver resolver;
    private final EventLoops loops = new EventLoops(new NioSockets());
    private final EventLoops nativeLoops = new EventLoops(new EpollSockets());
    private final boolean http2;

    /** Creates a factory of transports that ask the platform for addresses and speak HTTP/1.1. */
    public NettyTransportFactory() {
        this(HostLookup.platform());
    }

    NettyTransportFactory(HostLookup.Resolver resolver) {
        this(resolver, false);
    }

    private NettyTransportFactory(HostLookup.Resolver resolver, boolean http2) {
        this.resolver = resolver;
        this.http2 = http2;
    }

    /**
     * Returns a factory of transports that also offer HTTP/2 to servers that speak TLS.
     *
     * <p>Calls then share a connection when the server chooses HTTP/2. Each is still counted as a lease, of a new connection or of an
     * open one; a connection is idle when no call uses it; the limits of the pool are limits on calls. Cancelling ends the call's
     * stream, not the connection. A connection that is always in use outlives its lifetime. A request whose connection is not to be
     * reused closes it only if no other call uses it. The names of fields are sent and received in lower case.
     */
    public NettyTransportFactory http2() {
        return new NettyTransportFactory(resolver, true);
    }

    @Override
    public String name() {
        return http2 ? "netty-http2" : "netty";
    }

    @Override
    public @Nullable String nativeTransportProblem() {
        return EpollSockets.problem();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the settings want a native library that cannot be used
     */
    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        String problem = settings.nativeTransport() ? nativeTransportProblem() : null;
        if (problem != null) {
            throw new IllegalStateException("The setting of a native transport " + problem);
        }
        TransportState state = new TransportState(endpoint, settings, resolver, listener);
        return new NettyTransport(state, settings.nativeTransport() ? nativeLoops : loops, http2);
    }
}
