package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.domain.exchange.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies on the way to servers. Immutable; the text form contains no secrets.
 *
 * @param forHttp the proxy to servers without TLS, or null for none
 * @param forHttps the proxy to servers with TLS, or null for none
 * @param exceptions the servers that are reached without a proxy
 */
public record ProxySettings(@Nullable HttpProxy forHttp, @Nullable HttpProxy forHttps, NoProxyList exceptions) {

    /** No proxy. */
    public static final ProxySettings NONE = new ProxySettings(null, null, NoProxyList.of(List.of()));

    public ProxySettings {
        requireNonNull(exceptions, "exceptions");
    }

    /** Returns the settings of one proxy to all servers. */
    public static ProxySettings to(HttpProxy proxy) {
        return new ProxySettings(proxy, proxy, NONE.exceptions());
    }

    /** Returns these settings with the given servers to be reached without a proxy. */
    public ProxySettings except(NoProxyList servers) {
        return new ProxySettings(forHttp, forHttps, servers);
    }

    /** Returns the proxy on the way to a server, or null if there is none. */
    public @Nullable HttpProxy proxyFor(Endpoint server) {
        HttpProxy proxy = server.secure() ? forHttps : forHttp;
        return proxy == null || exceptions.contains(server) ? null : proxy;
    }
}
