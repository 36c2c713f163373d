package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Header;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * State shared by the calls and connections of one transport: endpoint, settings, resolver of host names, connection listener,
 * connections, calls in progress, and whether the transport is closed. One per transport. Thread-safe.
 */
public final class TransportState {

    private final Endpoint endpoint;
    private final Header host;
    private final TransportSettings settings;
    private final HostLookup.Resolver resolver;
    private final ConnectionListener listener;
    private final AddressOrder addressOrder = new AddressOrder(System::nanoTime);
    private final AtomicLong connections = new AtomicLong();
    private final Set<AbstractTransportCall> calls = ConcurrentHashMap.newKeySet();
    private final Set<ConnectionLifecycle> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Creates the state of an open transport that reports its connections to the given listener. */
    public TransportState(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        this(endpoint, settings, HostLookup.platform(), listener);
    }

    /** Creates the state of an open transport that does not look host names up at the platform. */
    public TransportState(
            Endpoint endpoint, TransportSettings settings, HostLookup.Resolver resolver, ConnectionListener listener) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.host = new Header("Host", endpoint.authority());
        this.settings = requireNonNull(settings, "settings");
        this.resolver = requireNonNull(resolver, "resolver");
        this.listener = requireNonNull(listener, "listener");
    }

    /** Returns the endpoint of the transport. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Returns the field that names the endpoint in every request. */
    Header host() {
        return host;
    }

    /** Returns what connections are made to: the proxy, or else the endpoint. */
    public Endpoint connectEndpoint() {
        HttpProxy proxy = settings.proxy();
        return proxy == null ? endpoint : proxy.endpoint();
    }

    /** Returns the proxy that requests are sent to in absolute form, or null: there is none, or it opens tunnels. */
    public @Nullable HttpProxy forwardingProxy() {
        return endpoint.secure() ? null : settings.proxy();
    }

    /** Returns the settings of the transport. */
    public TransportSettings settings() {
        return settings;
    }

    HostLookup.Resolver resolver() {
        return resolver;
    }

    AddressOrder addressOrder() {
        return addressOrder;
    }

    /** Returns whether the transport is closed. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes the transport: new calls are refused, calls in progress fail with CLOSED, and idle connections are closed. Closing
     * again does nothing.
     */
    public void close() {
        closed = true;
        calls.forEach(AbstractTransportCall::closeWithTransport);
        closeIdle(Duration.ZERO);
    }

    /** Returns the number of idle connections. */
    public int idleConnections() {
        return (int) open.stream().filter(ConnectionLifecycle::isIdle).count();
    }

    /** Closes the connections that were idle for the given time or are past their limits. */
    public void closeIdle(Duration unusedFor) {
        open.forEach(connection -> connection.closeIfIdle(unusedFor));
    }

    ConnectionListener listener() {
        return listener;
    }

    String nextConnectionId() {
        return Long.toString(connections.incrementAndGet());
    }

    void requireOpen() {
        if (closed) {
            throw new TransportException(
                    TransportFailure.CLOSED, CallProgress.NOT_CONNECTED, "the transport is closed", null);
        }
    }

    void add(AbstractTransportCall call) {
        calls.add(call);
        if (closed) {
            call.closeWithTransport();
        }
    }

    void remove(AbstractTransportCall call) {
        calls.remove(call);
    }

    void add(ConnectionLifecycle opened) {
        open.add(opened);
    }

    void remove(ConnectionLifecycle closed) {
        open.remove(closed);
    }
}
