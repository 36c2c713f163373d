package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransport;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Connections to one endpoint in the library's pool, which is unlimited here: the pool above the transport decides. Thread-safe.
 *
 * <p>The library speaks cleartext over sockets that do TLS themselves ({@link OkHttpConnection}): it can then neither choose the
 * TLS settings nor read past the end of a response.
 */
final class OkHttpTransport extends AbstractTransport {

    /** The methods for which the library allows no body; it demands one, perhaps empty, for some of the others. */
    private static final Set<String> METHODS_WITHOUT_BODY = Set.of("GET", "HEAD");

    private final String origin;
    private final OkHttpClient http1;
    private final OkHttpClient http2;
    private volatile boolean http2Offered;

    /** Creates a transport; with HTTP/2, it falls back to HTTP/1.1 as soon as the server turns out not to speak HTTP/2. */
    OkHttpTransport(TransportState state, boolean http2) {
        super(state);
        Endpoint endpoint = state.endpoint();
        try {
            HttpUrl.Builder root = new HttpUrl.Builder().scheme("http").host(endpoint.host()).port(endpoint.port());
            this.origin = root.build().toString().replaceFirst("/$", "");
        } catch (IllegalArgumentException invalid) {
            throw refused("OkHttp does not accept the host '" + endpoint.host() + "'");
        }
        this.http2Offered = http2 && endpoint.secure();
        this.http1 = client();
        this.http2 = http1.newBuilder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build(); // shares the pool
    }

    /** Returns a client without any of the library's policies and timers. */
    private OkHttpClient client() {
        Endpoint next = state().connectEndpoint();
        // The library sends requests in absolute form to a proxy; a tunnel is the matter of the sockets, as TLS is.
        Proxy proxy = state().forwardingProxy() == null
                ? Proxy.NO_PROXY
                : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(next.host(), next.port()));
        return new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(
                        Integer.MAX_VALUE, TimeoutMillis.of(state().settings().lifetimes().idle()), TimeUnit.MILLISECONDS))
                .dns(host -> List.of(InetAddress.getLoopbackAddress())) // the sockets look the host up
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .eventListenerFactory(call -> OkHttpCall.of(call).events())
                .addInterceptor(chain -> OkHttpCall.of(chain.call()).connect(chain))
                .addNetworkInterceptor(chain -> OkHttpCall.of(chain.call()).exchange(chain))
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .fastFallback(false)
                .proxy(proxy)
                .build();
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener listener) {
        return new OkHttpCall(this, state(), request, listener);
    }

    @Override
    public void closeIdle(Duration unusedFor) {
        super.closeIdle(unusedFor);
        if (idleConnections() == 0) {
            http1.connectionPool().evictAll(); // forgets the closed ones
        }
    }

    @Override
    public void close() {
        super.close();
        http1.connectionPool().evictAll();
        http1.dispatcher().executorService().shutdown();
    }

    /**
     * Converts the request of a call to the library's, whose fields are replaced when it is sent.
     *
     * @throws InvalidRequestException if the library would not send it as given
     */
    Request message(OkHttpCall call, RequestBody body) {
        TransportRequest request = call.request();
        String target = request.target();
        boolean bodiless = METHODS_WITHOUT_BODY.contains(request.method());
        if (bodiless && request.body().length() > 0) {
            throw refused("OkHttp sends no body with " + request.method());
        }
        if (request.headers().hasElement("Expect", "100-continue")) {
            throw refused("OkHttp would wait for the server because of Expect: 100-continue");
        }
        HttpUrl url = target.startsWith("/") ? HttpUrl.parse(origin + target) : null;
        if (url == null || url.fragment() != null || !url.toString().equals(origin + target)) {
            throw refused("OkHttp would change the target of the request");
        }
        return new Request.Builder()
                .url(url)
                .method(request.method(), bodiless ? null : body)
                .tag(OkHttpCall.class, call)
                .build();
    }

    static InvalidRequestException refused(String message) {
        return new InvalidRequestException(message, ErrorFacts.NONE);
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
}
