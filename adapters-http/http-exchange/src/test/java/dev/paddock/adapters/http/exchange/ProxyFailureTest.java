package dev.paddock.adapters.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.BackendUnavailableException.Hop;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.transport.TransportFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a caller learns when the way to a server goes through a proxy, and ends there. */
class ProxyFailureTest {

    private static final BaseUrl SERVER = BaseUrl.parse("https://models.example");

    private static LlmException failureThrough(ScriptedServer proxy, TransportSettings settings, BaseUrl server) {
        HttpProxy withCredentials = new HttpProxy(proxy.endpoint()).withCredentials(new HttpProxy.Credentials("user", "secret"));
        try (TransportPoolManager pool = new TransportPoolManager(new Apache5TransportFactory(), PoolListener.none(), System::nanoTime);
                TransportLease lease = pool.lease(server.endpoint(), settings.withProxy(withCredentials), PoolLimits.DEFAULT)) {
            HttpExchangePort port = new HttpExchangePort(lease, server, ExchangeSettings.DEFAULT, System::nanoTime);
            LlmException failure = catchThrowableOfType(
                    LlmException.class, () -> port.open(ExchangeRequest.get(Operation.LIST_MODELS, "/api/tags"), CallContext.create()));
            assertThat(failure).hasMessageContaining("the proxy http://127.0.0.1:" + proxy.port()).hasMessageNotContaining("secret");
            return failure;
        }
    }

    private static LlmException failureThrough(ConnectionScript script, BaseUrl server) {
        try (ScriptedServer proxy = ScriptedServer.start(script)) {
            return failureThrough(proxy, TransportFixture.LONG_TIMEOUTS, server);
        }
    }

    private static Hop hop(LlmException failure) {
        return ((BackendUnavailableException) failure).hop();
    }

    @Test
    void open_proxyRefusesTheCredentials_isNoReasonToTryAgain() {
        for (BaseUrl server : new BaseUrl[] {SERVER, BaseUrl.parse("http://models.example")}) {
            LlmException failure = failureThrough(
                    ConnectionScript.sending("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"), server);

            assertThat(hop(failure)).isEqualTo(Hop.REFUSING_PROXY);
            assertThat(failure)
                    .hasMessageStartingWith("cannot connect to " + server + " through the proxy ")
                    .hasMessageEndingWith(": the proxy does not accept the credentials (status 407)");
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure.advice()).contains("credentials");
        }
    }

    @Test
    void open_proxyCannotReachTheServer_mayBeTriedAgain() {
        LlmException failure = failureThrough(ConnectionScript.sending("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"), SERVER);

        assertThat(hop(failure)).isEqualTo(Hop.PROXY);
        assertThat(failure).hasMessageEndingWith("the proxy cannot connect to the server (status 502)");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.facts().progress().bytesWritten()).isZero();
        assertThat(failure.advice()).contains("proxy");
    }

    @Test
    void open_noProxyThere_namesTheProxy() {
        ScriptedServer gone = ScriptedServer.start(ConnectionScript.json("{}"));
        gone.close();

        LlmException failure = failureThrough(gone, TransportFixture.LONG_TIMEOUTS, SERVER);

        assertThat(hop(failure)).isEqualTo(Hop.PROXY);
        assertThat(failure)
                .hasMessageStartingWith("cannot connect to the proxy http://127.0.0.1:" + gone.port() + " on the way to " + SERVER)
                .hasMessageContaining("connection refused");
    }

    @Test
    void open_proxyHangs_isATimeoutThatNamesTheProxy() {
        ConnectionScript hanging = connection -> {
            connection.readRequest();
            connection.awaitDisconnect();
        };
        TransportSettings hurried = new TransportSettings(
                Duration.ofMillis(200), Duration.ofSeconds(5), TransportFixture.LONG_TIMEOUTS.lifetimes(), null);
        try (ScriptedServer proxy = ScriptedServer.start(hanging)) {
            LlmTimeoutException failure = (LlmTimeoutException) failureThrough(proxy, hurried, SERVER);

            assertThat(failure.proxy()).isEqualTo("http://127.0.0.1:" + proxy.port());
            assertThat(failure.advice()).contains("proxy");
        }
    }

    @Test
    void open_connectionBreaksBehindAProxy_saysThatItIsOne() {
        LlmException failure = failureThrough(ConnectionScript.forEachRequest(connection -> connection.reset()), BaseUrl.parse("http://models.example"));

        assertThat(failure).hasMessageStartingWith("lost the connection to http://models.example:80 through the proxy ");
    }
}
