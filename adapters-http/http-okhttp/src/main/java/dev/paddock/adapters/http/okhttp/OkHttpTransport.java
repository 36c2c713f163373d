package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.Endpoint;
import java.net.Proxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * Connections to one endpoint in the library's pool, which is unlimited here: the pool above the transport decides. Thread-safe.
 *
 * <p>The library speaks cleartext over sockets that do TLS themselves ({@link OkHttpConnection}): it can then neither choose the
 * TLS settings nor read past the end of a response.
 */
final class OkHttpTransport implements HttpTransport {

    private final TransportSettings settings;
    private final OkHttpRequestWriter requests;
    private final TransportState state;
    private final HostLookup.Resolver resolver;
    private final Set<OkHttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final OkHttpClient http1;
    private final OkHttpClient http2;
    private volatile boolean http2Offered;

    /** Creates a transport; with HTTP/2, it falls back to HTTP/1.1 as soon as the server turns out not to speak HTTP/2. */
    OkHttpTransport(
            Endpoint endpoint, TransportSettings settings, TransportState state, HostLookup.Resolver resolver, boolean http2) {
        this.settings = settings;
        this.requests = new OkHttpRequestWriter(endpoint);
        this.state = state;
        this.resolver = resolver;
        this.http2Offered = http2 && endpoint.secure();
        this.http1 = client();
        this.http2 = http1.newBuilder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build(); // shares the pool
    }

    /** Returns a client without any of the library's policies and timers. */
    private OkHttpClient client() {
        return new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(
                        Integer.MAX_VALUE, TimeoutMillis.of(settings.lifetimes().idle()), TimeUnit.MILLISECONDS))
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .eventListenerFactory(call -> OkHttpCall.of(call).events())
                .addInterceptor(chain -> OkHttpCall.of(chain.call()).connect(chain))
                .addNetworkInterceptor(chain -> OkHttpCall.of(chain.call()).exchange(chain))
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .pingInterval(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .fastFallback(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .proxy(Proxy.NO_PROXY)
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .cache(null)
                .build();
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener listener) {
        return new OkHttpCall(this, request, listener);
    }

    @Override
    public Set<ConnectionEvent> reportedEvents() {
        return EnumSet.allOf(ConnectionEvent.class);
    }

    @Override
    public Integer idleConnections() {
        return (int) connections.stream().filter(connection -> connection.lifecycle().isIdle()).count();
    }

    @Override
    public void closeIdle(Duration unusedFor) {
        connections.forEach(connection -> connection.closeIfIdle(unusedFor));
        if (connections.isEmpty()) {
            http1.connectionPool().evictAll();
        }
    }

    @Override
    public void close() {
        state.close();
        connections.forEach(OkHttpConnection::abort);
        http1.connectionPool().evictAll();
        http1.dispatcher().executorService().shutdown();
    }

    void add(OkHttpConnection connection) {
        connections.add(connection);
        if (state.isClosed()) {
            connection.abort();
        }
    }

    void remove(OkHttpConnection connection) {
        connections.remove(connection);
    }

    OkHttpClient client(boolean speaksHttp2) {
        return speaksHttp2 ? http2 : http1;
    }

    boolean isHttp2Offered() {
        return http2Offered;
    }

    /** Stops offering HTTP/2. */
    void withdrawHttp2() {
        http2Offered = false;
    }

    OkHttpRequestWriter requests() {
        return requests;
    }

    TransportSettings settings() {
        return settings;
    }

    HostLookup.Resolver resolver() {
        return resolver;
    }

    TransportState state() {
        return state;
    }
}
