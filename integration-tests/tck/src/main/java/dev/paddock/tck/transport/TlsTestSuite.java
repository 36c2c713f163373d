package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.tck.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A transport speaks TLS with whom it may trust and with nobody else, and never falls back to cleartext. */
public abstract class TlsTestSuite extends TransportTestSuite {

    @Test
    void execute_certificateThatIsTrusted_isServedAndReused() {
        try (ScriptedServer server =
                        ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), ConnectionScript.json("{}"));
                HttpTransport transport = transport(server, "localhost", ServerIdentity.clientContext())) {
            assertThat(fetch(transport)).isEqualTo("{}");
            assertThat(fetch(transport)).isEqualTo("{}");

            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_addressInTheCertificate_isServed() {
        try (ScriptedServer server =
                        ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), ConnectionScript.json("{}"));
                HttpTransport transport = transport(server, "127.0.0.1", ServerIdentity.clientContext())) {
            assertThat(fetch(transport)).isEqualTo("{}");
        }
    }

    @Test
    void execute_certificateNobodyTrusts_isRefused() {
        assertRefused(ServerIdentity.STRANGER, ServerIdentity.clientContext());
        assertRefused(ServerIdentity.LOCAL, null);
    }

    @Test
    void execute_certificateOfAnotherHost_isRefused() {
        assertRefused(ServerIdentity.ELSEWHERE, ServerIdentity.clientContext());
    }

    @Test
    void execute_certificateThatHasExpired_isRefused() {
        assertRefused(ServerIdentity.EXPIRED, ServerIdentity.clientContext());
    }

    @Test
    void execute_serverThatSpeaksNoTls_isRefused() {
        ConnectionScript cleartext = connection -> {
            connection.awaitRequest();
            connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        };
        try (ScriptedServer server = ScriptedServer.start(cleartext);
                HttpTransport transport = transport(server, "localhost", ServerIdentity.clientContext())) {
            assertThat(failureOf(transport).failure()).isEqualTo(TransportFailure.TLS_FAILED);
        }
    }

    @Test
    void close_responseHalfRead_abortsAndTheServerSeesIt() {
        ConnectionScript endless = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.awaitDisconnect();
        });
        try (ScriptedServer server = ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), endless);
                HttpTransport transport = transport(server, "localhost", ServerIdentity.clientContext())) {
            TransportResponse response = transport.newCall(get("/"), CallListener.none()).execute();
            assertThat(response.read(new byte[16], 0, 16)).isPositive();

            response.close();

            Eventually.await("the server sees it", () -> server.open() == 0);
        }
    }

    private void assertRefused(ServerIdentity identity, @Nullable SSLContext ofClient) {
        try (ScriptedServer server = ScriptedServer.startSecure(identity.serverContext(), ConnectionScript.json("{}"));
                HttpTransport transport = transport(server, "localhost", ofClient)) {
            TransportException failure = failureOf(transport);

            assertThat(failure.failure()).isEqualTo(TransportFailure.TLS_FAILED);
            assertThat(failure.progress().bytesWritten()).isZero();
            assertThat(server.requests()).isEmpty();
            Eventually.await("no connection is left", () -> server.open() == 0);
        }
    }

    private HttpTransport transport(ScriptedServer server, String host, @Nullable SSLContext context) {
        TransportSettings settings = new TransportSettings(
                Duration.ofSeconds(10), Duration.ofSeconds(10), ConnectionLifetimes.DEFAULT, context);
        return factory().create(new Endpoint(true, host, server.port()), settings, new ConnectionLedger());
    }

    private static String fetch(HttpTransport transport) {
        try (TransportResponse response = transport.newCall(get("/"), CallListener.none()).execute()) {
            return TransportFixture.readAll(response);
        }
    }

    private static TransportException failureOf(HttpTransport transport) {
        return catchThrowableOfType(TransportException.class, () -> fetch(transport));
    }
}
