package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.ForwardingTransportFactory;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.Endpoint;

/**
 * Makes transports over {@code java.net.http}, which need no library. They speak HTTP/1.1 and observe no event of their
 * connections: the JDK keeps them to itself. Immutable, thread-safe.
 *
 * <p>The JDK closes a connection unused for 30 seconds ({@code jdk.httpclient.keepalive.timeout}, one value
 * for the whole process), tries one address of a host, sends a User-Agent of its own when a request has none, and refuses
 * to send the fields Connection, Expect and Upgrade unless {@code jdk.httpclient.allowRestrictedHeaders} names them.
 */
public final class JdkTransportFactory implements HttpTransportFactory {

    /** The factory of {@link #http2()} as a service. */
    public static final class Http2 extends ForwardingTransportFactory {

        /** Creates a factory of transports that also offer HTTP/2. */
        public Http2() {
            super(new JdkTransportFactory().http2());
        }
    }

    private final boolean http2;

    /** Creates a factory of transports that speak HTTP/1.1. */
    public JdkTransportFactory() {
        this(false);
    }

    private JdkTransportFactory(boolean http2) {
        this.http2 = http2;
    }

    /**
     * Returns a factory of transports that speak HTTP/2 where a server offers it over TLS, and HTTP/1.1 elsewhere.
     *
     * <p>Calls then share one connection: the limits and the counts of the pool are of calls in progress, no longer of
     * connections, and a cancelled call ends its stream and leaves the connection open for the others.
     */
    public JdkTransportFactory http2() {
        return new JdkTransportFactory(true);
    }

    @Override
    public String name() {
        return http2 ? "jdk-http2" : "jdk";
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.paddock.domain.error.InvalidRequestException if the host cannot stand in a URI, for example because
     *     of an underscore: the JDK does not connect to such hosts
     */
    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new JdkTransport(new TransportState(endpoint, settings, listener), http2);
    }
}
