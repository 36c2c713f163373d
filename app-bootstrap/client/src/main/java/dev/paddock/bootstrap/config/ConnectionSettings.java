package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.PoolLimits;
import org.jspecify.annotations.Nullable;

/**
 * The transport and the connection pool. Immutable.
 *
 * @param transport the name of the transport, or null for the default
 * @param pool the limits of the pool
 * @param timing timeouts of opening connections, their lifetimes, and TLS
 * @param proxies the proxies on the way to servers
 */
public record ConnectionSettings(@Nullable String transport, PoolLimits pool, TransportSettings timing, ProxySettings proxies) {

    public ConnectionSettings {
        requireNonNull(pool, "pool");
        requireNonNull(timing, "timing");
        requireNonNull(proxies, "proxies");
    }

    /** Creates settings without proxies. */
    public ConnectionSettings(@Nullable String transport, PoolLimits pool, TransportSettings timing) {
        this(transport, pool, timing, ProxySettings.NONE);
    }

    /** Returns how connections to a server are made: the timing, with the proxy that is on the way to it. */
    public TransportSettings to(Endpoint server) {
        HttpProxy proxy = proxies.proxyFor(server);
        return proxy == null ? timing : timing.withProxy(proxy);
    }

    /** Returns whether event loops are over a native library of the operating system. */
    public boolean isNative() {
        return timing.nativeTransport();
    }

    /** Returns these settings with the transport of the given name, null for the default. */
    public ConnectionSettings withTransport(@Nullable String newTransport) {
        return new ConnectionSettings(newTransport, pool, timing, proxies);
    }

    /** Returns these settings with the given limits. */
    public ConnectionSettings withPool(PoolLimits newPool) {
        return new ConnectionSettings(transport, newPool, timing, proxies);
    }

    /** Returns these settings with the given timing. */
    public ConnectionSettings withTiming(TransportSettings newTiming) {
        return new ConnectionSettings(transport, pool, newTiming, proxies);
    }

    /** Returns these settings with the given proxies. */
    public ConnectionSettings withProxies(ProxySettings newProxies) {
        return new ConnectionSettings(transport, pool, timing, newProxies);
    }
}
