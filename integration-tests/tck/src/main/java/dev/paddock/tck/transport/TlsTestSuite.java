package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportFixture.LONG_TIMEOUTS;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transport accepts trusted servers only, and never falls back to cleartext. */
public abstract class TlsTestSuite extends TransportTestSuite {

    private static final ConnectionScript STALLING = ConnectionScript.forEachRequest(connection -> {
        connection.sendChunkedHead("application/x-ndjson");
        connection.sendChunk("{}\n");
        connection.awaitDisconnect();
    });

    @Safety
    @Test
    void execute_certificateThatIsTrusted_isServedAndReused() {
        try (TransportFixture fixture = startSecure(ConnectionScript.json("{}"))) {
            for (int call = 0; call < 5; call++) {
                assertThat(fixture.fetch(get("/"))).as("the answer over TLS").isEqualTo("{}");
            }
            assertThat(fixture.server().accepted()).as("connections: one serves all calls in turn").isEqualTo(1);
            if (fixture.transport().reportedEvents().contains(ConnectionEvent.LEASED)) {
                assertThat(fixture.connectionCounts().leasedReusedCount())
                        .as("leases of a reused connection")
                        .isEqualTo(4);
            }
            fixture.transport().close();
            fixture.assertClosed(1, CloseReason.SHUTDOWN);
        }
    }

    @Safety
    @Test
    void execute_addressInTheCertificate_isServed() {
        try (ScriptedServer server =
                        ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), ConnectionScript.json("{}"));
                HttpTransport transport = transport(server, "127.0.0.1", ServerIdentity.clientContext())) {
            assertThat(fetch(transport))
                    .as("the answer of a server whose certificate names its address")
                    .isEqualTo("{}");
        }
    }

    @Safety
    @Test
    void execute_untrustedCertificate_isRefused() {
        assertRefused(ServerIdentity.SELF_SIGNED, ServerIdentity.clientContext());
        assertRefused(ServerIdentity.LOCAL, null);
    }

    @Safety
    @Test
    void execute_certificateOfAnotherHost_isRefused() {
        assertRefused(ServerIdentity.WRONG_HOST, ServerIdentity.clientContext());
    }

    @Safety
    @Test
    void execute_certificateThatHasExpired_isRefused() {
        assertRefused(ServerIdentity.EXPIRED, ServerIdentity.clientContext());
    }

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void execute_serverThatDemandsACertificate_getsThatOfTheClient(String version) {
        try (ScriptedServer server = ScriptedServer.start(demandingACertificate(version));
                HttpTransport transport = transport(server, "localhost", ServerIdentity.LOCAL.contextAsClient())) {
            assertThat(fetch(transport)).as("the answer to a client with a certificate").isEqualTo("{}");
            assertThat(server.accepted()).as("connections").isEqualTo(1);
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void execute_serverThatDemandsACertificate_refusesAClientWithoutOne(String version) {
        assertRejected(version, ServerIdentity.clientContext());
    }

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void execute_serverThatDemandsACertificate_refusesOneThatItDoesNotKnow(String version) {
        assertRejected(version, ServerIdentity.SELF_SIGNED.contextAsClient());
    }

    /** With TLS 1.3 the handshake ends for the client before the server has seen the client's certificate. */
    private void assertRejected(String version, SSLContext ofClient) {
        try (ScriptedServer server = ScriptedServer.start(demandingACertificate(version));
                HttpTransport transport = transport(server, "localhost", ofClient)) {
            // A library may try a GET again, and keep the reason to itself.
            TransportException failure = failureOf(() -> fetch(transport, post("/", "body")));

            assertThat(failure.failure())
                    .as("the failure when the server does not accept its client")
                    .isEqualTo(TransportFailure.TLS_FAILED);
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.TLS);
            assertThat(failure).as("the failure").hasMessageContaining("certificate of this client");
            assertThat(server.requests()).as("requests that the server received").isEmpty();
            Eventually.await("no connection is left", () -> server.open() == 0);
        }
    }

    private static ConnectionScript demandingACertificate(String version) {
        return connection -> {
            connection.secureForKnownClients(ServerIdentity.LOCAL.serverContextForKnownClients(), version);
            ConnectionScript.json("{}").play(connection);
        };
    }

    @Safety
    @Test
    void execute_serverThatSpeaksNoTls_isRefused() {
        ConnectionScript cleartext = connection -> {
            connection.awaitRequest();
            connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        };
        assertFailsInHandshake(cleartext, TransportFailure.TLS_FAILED);
    }

    @Safety
    @Test
    void execute_serverResetsDuringTheHandshake_failsInIt() {
        ConnectionScript leaving = connection -> {
            connection.skip(10);
            connection.reset();
        };
        // The server rejected nothing, but some libraries cannot distinguish this from a rejection.
        assertFailsInHandshake(leaving, TransportFailure.TLS_FAILED, TransportFailure.NO_RESPONSE);
    }

    @Safety
    @Test
    void cancel_waitingForMoreOfTheBody_failsTheReaderAndTheServerSeesIt() {
        try (TransportFixture fixture = startSecure(STALLING)) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            TransportResponse response = call.execute();
            assertThat(response.read(new byte[16], 0, 16)).as("bytes of the first chunk").isPositive();
            Future<TransportException> reader = Parallel.start(() -> failureOf(() -> response.read(new byte[16], 0, 16)));

            call.cancel();

            assertThat(Parallel.resultOf(reader).failure())
                    .as("the failure of the reader of a cancelled call")
                    .isEqualTo(TransportFailure.CANCELLED);
            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @Test
    void close_responseHalfRead_abortsAndTheServerSeesIt() {
        try (TransportFixture fixture = startSecure(STALLING)) {
            TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            assertThat(response.read(new byte[16], 0, 16)).as("bytes of the first chunk").isPositive();

            response.close();

            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @Test
    void read_bodyBrokenOff_isTruncated() {
        ConnectionScript leaving = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
        };
        try (TransportFixture fixture = startSecure(leaving)) {
            assertThat(fixture.failureOf(get("/")).failure())
                    .as("the failure of a body that ends without its last chunk: TLS must not hide it")
                    .isEqualTo(TransportFailure.TRUNCATED);
            fixture.assertOneDiscarded();
        }
    }

    /** The end of the connection is in order: close_notify. It must not count as the end of the trailers. */
    @Safety
    @Test
    void read_bodyThatEndsAfterTheLastChunk_isTruncated() {
        ConnectionScript ending = connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n");
        };
        try (TransportFixture fixture = startSecure(ending)) {
            assertThat(fixture.failureOf(get("/")).failure())
                    .as("the failure of a body whose last chunk has no end: TLS must not hide it")
                    .isEqualTo(TransportFailure.TRUNCATED);
            fixture.assertOneDiscarded();
        }
    }

    @Strict("a TLS connection that the server has closed is noticed by the very next call")
    @Test
    void execute_secureConnectionClosedByTheServerWhileIdle_isReplaced() {
        ConnectionScript firstHasOne = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
            if (connection.number() > 1) {
                connection.awaitDisconnect();
            }
        };
        try (TransportFixture fixture = startSecure(firstHasOne)) {
            fixture.fetch(get("/"));
            Eventually.await("the server has closed", () -> fixture.server().open() == 0);
            assertThat(fixture.fetch(get("/"))).as("the answer of a second connection").isEqualTo("{}");
            assertThat(fixture.server().accepted()).as("connections: the server had closed the first").isEqualTo(2);
            fixture.assertClosed(1, CloseReason.STALE);
        }
    }

    @Safety
    @Test
    void execute_keptConnectionClosedOnUse_saysThatNoResponseStarted() {
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
            connection.readRequest();
        };
        try (TransportFixture fixture = startSecure(script)) {
            fixture.fetch(get("/"));
            TransportException failure = fixture.failureOf(post("/", "body"));

            boolean reportsReuse = fixture.transport().reportedEvents().contains(ConnectionEvent.LEASED);
            assertThat(failure.failure())
                    .as("the failure when a kept connection ends without an answer")
                    .isEqualTo(TransportFailure.NO_RESPONSE);
            assertThat(failure.progress())
                    .as("the progress: the retry of a stale connection depends on each part")
                    .isEqualTo(new CallProgress(CallPhase.HEAD, 4, 4, false, reportsReuse));
        }
    }

    @Safety
    @ParameterizedTest(name = "body of {0} bytes")
    @ValueSource(ints = {2, 12_000})
    void execute_unaskedBytesInTheRecordOfTheBody_areNotTakenForTheNextResponse(int length) {
        try (TransportFixture fixture = startSecure(bodyWithUnaskedBytes(length))) {
            for (int call = 1; call <= 2; call++) {
                assertThat(fixture.fetch(get("/")))
                        .as("the body, without the unasked bytes of an earlier response")
                        .isEqualTo("x".repeat(length));
            }
        }
    }

    @Strict("a TLS connection with unasked bytes behind a response is closed")
    @ParameterizedTest(name = "body of {0} bytes")
    @ValueSource(ints = {2, 12_000})
    void execute_unaskedBytesInTheRecordOfTheBody_endTheirConnection(int length) {
        try (TransportFixture fixture = startSecure(bodyWithUnaskedBytes(length))) {
            for (int call = 1; call <= 2; call++) {
                assertThat(fixture.fetch(get("/")))
                        .as("the body, without the unasked bytes of an earlier response")
                        .isEqualTo("x".repeat(length));
                assertThat(fixture.server().accepted())
                        .as("connections: one with unasked bytes is not used again")
                        .isEqualTo(call);
            }
        }
    }

    private static ConnectionScript bodyWithUnaskedBytes(int length) {
        return ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length) + "unasked"));
    }

    @Safety
    @Test
    void closeIdle_serverKeepsItsSideOpen_doesNotWait() {
        CountDownLatch over = new CountDownLatch(1);
        ConnectionScript deaf = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
            await(over);
        };
        try (TransportFixture fixture = startSecure(deaf)) {
            fixture.fetch(get("/"));
            Future<?> closing = Parallel.start(() -> {
                fixture.transport().closeIdle(Duration.ZERO);
                return true;
            });
            Parallel.resultOf(closing);
            fixture.assertClosed(1, CloseReason.IDLE);
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertFailsInHandshake(ConnectionScript script, TransportFailure... expected) {
        try (TransportFixture fixture = startSecure(ScriptedServer.start(script))) {
            TransportException failure = fixture.failureOf(get("/"));
            assertThat(failure.failure())
                    .as("the failure in the handshake: there is no fallback to cleartext")
                    .isIn((Object[]) expected);
            if (failure.failure() == TransportFailure.TLS_FAILED) {
                assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.TLS);
            }
            fixture.assertNoneOpened();
        }
    }

    private void assertRefused(ServerIdentity identity, @Nullable SSLContext ofClient) {
        try (ScriptedServer server = ScriptedServer.startSecure(identity.serverContext(), ConnectionScript.json("{}"));
                HttpTransport transport = transport(server, "localhost", ofClient)) {
            TransportException failure = failureOf(() -> fetch(transport));

            assertThat(failure.failure())
                    .as("the failure when the certificate is not trusted")
                    .isEqualTo(TransportFailure.TLS_FAILED);
            assertThat(failure.progress())
                    .as("the progress: nothing was sent")
                    .isEqualTo(new CallProgress(CallPhase.TLS, 0, 0, false, false));
            assertThat(server.requests()).as("requests that the server received: none without trust").isEmpty();
            Eventually.await("no connection is left", () -> server.open() == 0);
        }
    }

    private HttpTransport transport(ScriptedServer server, String host, @Nullable SSLContext context) {
        TransportSettings settings = new TransportSettings(
                LONG_TIMEOUTS.connectTimeout(), LONG_TIMEOUTS.tlsTimeout(), ConnectionLifetimes.DEFAULT, context);
        return transports().create(new Endpoint(true, host, server.port()), settings, new CountingConnectionListener());
    }
}
