package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.ProxyFailureException;
import dev.paddock.adapters.http.spi.support.ProxyTunnel;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Header;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections to one endpoint, held by the JDK's clients. Thread-safe. */
final class JdkTransport implements HttpTransport {

    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";
    private static final String BASIC = "Basic";

    private final TransportState state;
    private final JdkClientPool clients;
    private final String base;
    private final boolean named;

    JdkTransport(TransportState state, boolean http2) {
        this.state = state;
        Endpoint endpoint = state.endpoint();
        this.base = endpoint.toString();
        if (URI.create(base).getHost() == null) {
            throw refused("the JDK's client cannot connect to " + endpoint.host() + ", no host of a URI", null);
        }
        this.named = HostLookup.isName(state.connectEndpoint().host());
        requireTunnelCredentials(state);
        this.clients = new JdkClientPool(() -> client(http2), state.settings().lifetimes());
    }

    /** The JDK drops credentials of the scheme Basic from the request for a tunnel unless an option of the JVM allows them. */
    private static void requireTunnelCredentials(TransportState state) {
        HttpProxy proxy = state.settings().proxy();
        String disabled = System.getProperty(DISABLED_SCHEMES, BASIC);
        boolean isDisabled = Arrays.stream(disabled.split(",", -1)).anyMatch(scheme -> scheme.strip().equalsIgnoreCase(BASIC));
        if (proxy != null && proxy.credentials() != null && state.endpoint().secure() && isDisabled) {
            throw refused(
                    "the JDK's client gives a proxy no credentials for a tunnel to a server that speaks TLS; start the JVM with -D"
                            + DISABLED_SCHEMES + "= (an empty value), which applies to the whole JVM, or choose another transport",
                    null);
        }
    }

    /** Creates a client without any of the JDK's policies. */
    private HttpClient client(boolean http2) {
        TransportSettings settings = state.settings();
        boolean secure = state.endpoint().secure();
        HttpClient.Builder builder = HttpClient.newBuilder()
                // On cleartext, HTTP/2 would ask to change the protocol of the connection.
                .version(http2 && secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxySelector(settings.proxy()))
                .connectTimeout(openingLimit())
                .executor(TrampolineExecutor::run);
        if (settings.tls() != null) {
            builder.sslContext(settings.tls());
        }
        return builder.build();
    }

    /** Returns how long the opening of a connection may take: the client has one limit for connecting and TLS. */
    Duration openingLimit() {
        TransportSettings settings = state.settings();
        return state.endpoint().secure() ? settings.connectTimeout().plus(settings.tlsTimeout()) : settings.connectTimeout();
    }

    /** Returns whether connections go through tunnels of a proxy. */
    boolean opensTunnels() {
        return ProxyTunnel.needed(state) != null;
    }

    /** Returns the failure of a tunnel whose proxy wants other credentials. */
    ProxyFailureException refusedCredentials() {
        HttpProxy proxy = state.settings().proxy();
        return ProxyFailureException.answered(
                ProxyFailureException.AUTHENTICATION_REQUIRED, proxy != null && proxy.credentials() != null);
    }

    private static ProxySelector proxySelector(@Nullable HttpProxy proxy) {
        return proxy == null
                ? HttpClient.Builder.NO_PROXY
                : ProxySelector.of(InetSocketAddress.createUnresolved(proxy.endpoint().host(), proxy.endpoint().port()));
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener listener) {
        return new JdkCall(this, request, listener);
    }

    /** Returns none: the JDK's client does not show its connections. */
    @Override
    public Set<ConnectionEvent> reportedEvents() {
        return Set.of();
    }

    @Override
    public @Nullable Integer idleConnections() {
        return null;
    }

    /** Closes connections when all of them have been unused for the given time; single ones cannot be closed. */
    @Override
    public void closeIdle(Duration unusedFor) {
        clients.closeIdle(unusedFor);
    }

    @Override
    public void close() {
        state.close();
        clients.close();
    }

    /** Looks the host name up within the time limit; the client then finds the answer in the platform's cache. */
    void lookUpHost(JdkCall call) throws IOException {
        if (named) {
            HostLookup.addressesOf(state.connectEndpoint().host(), state.settings().connectTimeout(), call);
        }
    }

    /** Returns whether the host to connect to is a name, not an address. */
    boolean isNamed() {
        return named;
    }

    TransportState state() {
        return state;
    }

    JdkClientPool clients() {
        return clients;
    }

    /**
     * Converts a request to the JDK's message.
     *
     * @throws InvalidRequestException if the client would not send it as given
     */
    HttpRequest message(TransportRequest request, HttpRequest.BodyPublisher body) {
        try {
            HttpRequest.Builder message =
                    HttpRequest.newBuilder(uri(request.target())).method(request.method(), body);
            for (Header field : request.headers().fields()) {
                message.header(field.name(), field.value());
            }
            HttpProxy proxy = state.settings().proxy();
            String credentials = proxy == null ? null : proxy.authorization();
            if (credentials != null) {
                message.header("Proxy-Authorization", credentials); // the client sends it to the proxy alone
            }
            return message.build();
        } catch (IllegalArgumentException refused) {
            throw refused("the JDK's client refuses the request: " + refused.getMessage(), refused);
        }
    }

    /** The client parses a target and sends what it parsed, which must be the same. */
    private URI uri(String target) {
        URI uri = URI.create(base + target);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        boolean unchanged = target.startsWith("/") && !query.equals("?") && target.equals(uri.getRawPath() + query);
        // It would encode what is not ASCII.
        if (!unchanged || !target.equals(uri.toASCIIString().substring(base.length()))) {
            throw new IllegalArgumentException("its target would be changed");
        }
        return uri;
    }

    private static InvalidRequestException refused(String message, @Nullable Throwable cause) {
        return new InvalidRequestException(message, ErrorFacts.NONE, cause);
    }
}
