package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.ForwardingTransportFactory;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.Endpoint;

/**
 * Makes transports over OkHttp that speak HTTP/1.1 and observe every event of their connections. Their threads are daemons that
 * all OkHttp clients of the process share, and end within a minute when there is nothing to do; each name lookup has a virtual one.
 * TLS is the platform's, not OkHttp's. Stateless, thread-safe.
 *
 * <p>OkHttp writes the requests. The transport refuses with an {@link InvalidRequestException} what OkHttp would change: some
 * targets, bodies of GET and HEAD, values of header fields that are not UTF-8, and {@code Expect: 100-continue}.
 */
public final class OkHttpTransportFactory implements HttpTransportFactory {

    /** The factory of {@link #http2()} as a service. */
    public static final class Http2 extends ForwardingTransportFactory {

        /** Creates a factory of transports that also offer HTTP/2. */
        public Http2() {
            super(new OkHttpTransportFactory().http2());
        }
    }

    private final HostLookup.Resolver resolver;
    private final boolean http2;

    /** Creates a factory of transports that ask the platform for addresses and speak HTTP/1.1. */
    public OkHttpTransportFactory() {
        this(HostLookup.platform());
    }

    OkHttpTransportFactory(HostLookup.Resolver resolver) {
        this(resolver, false);
    }

    private OkHttpTransportFactory(HostLookup.Resolver resolver, boolean http2) {
        this.resolver = resolver;
        this.http2 = http2;
    }

    /**
     * Returns a factory of transports that also offer HTTP/2 to servers that speak TLS.
     *
     * <p>Calls then share a connection when the server chooses HTTP/2. Each is still counted as a lease, of a new connection or
     * of an open one; a connection is idle when no call uses it; the limits of the pool are limits on calls. Cancelling ends
     * the call's stream, not the connection. A connection that is always in use outlives its lifetime. A request whose connection
     * is not to be reused closes it only if no other call uses it. The library finds stale connections. With a server that does not
     * choose HTTP/2, the first connection is dropped, and the transport speaks HTTP/1.1 from then on.
     */
    public OkHttpTransportFactory http2() {
        return new OkHttpTransportFactory(resolver, true);
    }

    @Override
    public String name() {
        return http2 ? "okhttp-http2" : "okhttp";
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidRequestException if the library does not accept the endpoint's host
     */
    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new OkHttpTransport(new TransportState(endpoint, settings, resolver, listener), http2);
    }
}
