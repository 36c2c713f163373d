package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportFixture.LONG_TIMEOUTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Transports that reach servers through a proxy. */
abstract class ProxyTestFixture extends TransportTestSuite {

    static final HttpProxy.Credentials CREDENTIALS = new HttpProxy.Credentials("paddock", "pass:wört");
    static final String SECRET_OF_PROXY = "text of the proxy";

    final CountingConnectionListener counts = new CountingConnectionListener();

    static void assertNothingRevealed(Throwable failure) {
        for (Throwable part = failure; part != null; part = part.getCause()) {
            assertThat(String.valueOf(part.getMessage()))
                    .as("a message of the failure: without credentials")
                    .doesNotContain(CREDENTIALS.password(), "cGFkZG9jazpwYXNzOnfDtnJ0");
        }
        assertThat(failure).as("the failure: without text of the proxy").hasMessageNotContaining(SECRET_OF_PROXY);
    }

    static boolean isCredential(String field) {
        return field.regionMatches(true, 0, "Proxy-", 0, 6);
    }

    static ScriptedServer secureServer() {
        return ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), ConnectionScript.json("{}"));
    }

    static ConnectionScript tunnel(String answer, ScriptedServer server) {
        return connection -> {
            connection.readRequest();
            connection.send(answer);
            connection.forwardTo(server.port());
        };
    }

    static TransportSettings through(ScriptedServer proxy, HttpProxy.@Nullable Credentials credentials) {
        return LONG_TIMEOUTS.withTls(ServerIdentity.clientContext()).withProxy(new HttpProxy(proxy.endpoint(), credentials));
    }

    HttpTransport secure(int port, ScriptedServer proxy, HttpProxy.@Nullable Credentials credentials) {
        return transports().create(new Endpoint(true, "localhost", port), through(proxy, credentials), counts);
    }

    /** The host has no address: only the proxy may look it up. */
    HttpTransport clear(ScriptedServer proxy, HttpProxy.@Nullable Credentials credentials) {
        return transports().create(new Endpoint(false, "server.example", 8080), through(proxy, credentials), counts);
    }

    /** A short limit for connecting and TLS: a transport may have one for both. */
    HttpTransport impatient(Endpoint proxy) {
        Duration half = Duration.ofMillis(250);
        TransportSettings settings = new TransportSettings(half, half, LONG_TIMEOUTS.lifetimes(), ServerIdentity.clientContext());
        return transports().create(new Endpoint(true, "localhost", 443), settings.withProxy(new HttpProxy(proxy)), counts);
    }

    static void assertTimesOut(HttpTransport transport) {
        TransportException failure = failureOf(() -> fetch(transport));
        assertThat(failure.failure()).as("the failure when the proxy does not answer").isEqualTo(TransportFailure.TIMEOUT);
        assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.CONNECT);
    }
}
