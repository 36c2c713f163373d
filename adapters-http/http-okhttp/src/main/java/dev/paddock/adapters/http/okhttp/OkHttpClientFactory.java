package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * What a client of the library is made of, without any of the library's policies.
 *
 * @param endpoint where all requests go
 * @param settings how connections are made
 * @param connections where they are kept account of
 * @param names who knows the addresses of a host
 */
record OkHttpClientFactory(Endpoint endpoint, TransportSettings settings, OpenConnections connections, Dns names) {

    /** The context decides what TLS may be, not the library. */
    private static final ConnectionSpec TLS = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
            .allEnabledTlsVersions()
            .allEnabledCipherSuites()
            .build();

    OkHttpClient client(boolean http2) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .protocols(http2 ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1))
                .connectionPool(pool())
                .connectionSpecs(List.of(endpoint.secure() ? TLS : ConnectionSpec.CLEARTEXT))
                .eventListenerFactory(OkHttpEventListener::of)
                .addInterceptor(new CallResourcesInterceptor(connections, names, endpoint.secure()))
                .addNetworkInterceptor(new PassThroughInterceptor());
        if (endpoint.secure()) {
            builder.sslSocketFactory(new TlsSocketFactory(settings), RejectAllTrustManager.INSTANCE);
        }
        return withoutPolicies(withoutTimers(builder)).build();
    }

    /** The library's timers are off: the sockets know how long they may connect, and the pool above watches the rest. */
    private static OkHttpClient.Builder withoutTimers(OkHttpClient.Builder builder) {
        return builder.connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .pingInterval(Duration.ZERO);
    }

    private static OkHttpClient.Builder withoutPolicies(OkHttpClient.Builder builder) {
        return builder.retryOnConnectionFailure(false)
                .fastFallback(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .proxy(Proxy.NO_PROXY)
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .cache(null);
    }

    /** The pool's own cleaning comes second to ours, and forgets what our sockets have closed. */
    private ConnectionPool pool() {
        return new ConnectionPool(
                Integer.MAX_VALUE, TimeoutMillis.of(settings.lifetimes().idle()), TimeUnit.MILLISECONDS);
    }

    HttpUrl base() {
        try {
            return new HttpUrl.Builder()
                    .scheme(endpoint.scheme())
                    .host(endpoint.host())
                    .port(endpoint.port())
                    .build();
        } catch (IllegalArgumentException invalid) {
            throw new InvalidRequestException(
                    "OkHttp does not accept the host '" + endpoint.host() + "'", ErrorFacts.NONE);
        }
    }
}
