package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Transports.transport;
import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.server.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a misbehaving server does to a call: the failure, how far the call had come, and that nothing is left open. */
class JdkFailureTest {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static TransportException failureAgainst(TransportRequest request, ConnectionScript script) {
        try (ScriptedServer server = ScriptedServer.start(script);
                HttpTransport transport = transport(server)) {
            return failureOf(() -> fetch(transport, request));
        }
    }

    private static ConnectionScript answering(String response) {
        return connection -> {
            connection.readRequest();
            connection.send(response);
        };
    }

    /** Makes a call that fails against a server which leaves it to the client to end the connection. */
    private static TransportException failureThatEndsTheConnection(String answer) {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send(answer);
                    connection.awaitDisconnect();
                });
                HttpTransport transport = transport(server)) {
            TransportException failure = failureOf(() -> fetch(transport));
            Eventually.await("the server sees it", () -> server.open() == 0);
            return failure;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", CHUNKED, CHUNKED + "5\r\nab",
        CHUNKED + "2\r\nab", CHUNKED + "2\r\nab\r\n", CHUNKED + "2\r\nab\r\n0\r\n", CHUNKED + "2"})
    void read_bodyShortOfItsEnd_isTruncated(String response) {
        TransportException failure = failureAgainst(get("/"), answering(response));

        assertThat(failure.failure()).isEqualTo(TransportFailure.TRUNCATED);
        assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.BODY, 0, 0, true, false));
        assertThat(failure)
                .hasMessage("truncated while waiting for more of the response")
                .hasCauseInstanceOf(Exception.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nab\r\n", "-1\r\nab\r\n", "2\rab\r\n"})
    void read_brokenChunk_isMalformedAndClosesTheConnection(String chunks) {
        TransportException failure = failureThatEndsTheConnection(CHUNKED + chunks);

        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void read_bytesBeforeABrokenChunk_areDelivered() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send(CHUNKED + "2\r\nhi\r\n");
                    connection.awaitDisconnect();
                });
                HttpTransport transport = transport(server);
                TransportResponse response = call(transport, get("/")).execute()) {
            byte[] buffer = new byte[2];
            assertThat(response.read(buffer, 0, 1)).isEqualTo(1);
            assertThat(response.read(buffer, 1, 1)).isEqualTo(1);
            assertThat(new String(buffer, StandardCharsets.US_ASCII)).isEqualTo("hi");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 200 OK\r\nb d: x\r\n\r\n"})
    void execute_brokenHead_isMalformedAndClosesTheConnection(String response) {
        TransportException failure = failureThatEndsTheConnection(response);

        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.HEAD);
        assertThat(failure.progress().responseStarted()).isTrue();
    }

    @Test
    void execute_tooManyFields_isMalformed() {
        String head = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(101) + "\r\n";
        assertThat(failureThatEndsTheConnection(head).failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_tooLongLine_isMalformed() {
        String head = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(8200) + "\r\n\r\n";
        assertThat(failureAgainst(get("/"), answering(head)).failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_endlessLine_isMalformedBeforeItsEnd() {
        TransportException failure = failureThatEndsTheConnection("HTTP/1.1 200 " + "y".repeat(500_000));
        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_tooManyInterimResponses_isMalformed() {
        String interim = "HTTP/1.1 103 Early Hints\r\n\r\n";
        TransportException failure = failureThatEndsTheConnection(
                interim.repeat(9) + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_limitsReachedButNotPassed_succeeds() {
        String head = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(8)
                + "HTTP/1.1 200 OK\r\nX: " + "y".repeat(8000) + "\r\n" + "X: y\r\n".repeat(98)
                + "Content-Length: 2\r\n\r\nhi";
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(head));
                HttpTransport transport = transport(server)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_serverClosesWithoutAnswer_sendsTheRequestOnce() {
        try (ScriptedServer server = ScriptedServer.start(ScriptedConnection::readRequest);
                HttpTransport transport = transport(server)) {
            TransportException failure = failureOf(() -> fetch(transport));

            assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
            assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 0, 0, false, false));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void execute_keptConnectionClosedOnUse_isNoResponse() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                    connection.readRequest();
                });
                HttpTransport transport = transport(server)) {
            fetch(transport);
            TransportException failure = failureOf(() -> fetch(transport, post(new byte[4])));

            assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
            // Whether the connection had served before is told with a response only.
            assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 4, 4, false, false));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "HTTP/1.1 200 OK\r\n"})
    void execute_headBrokenOff_saysThatTheResponseHadStarted(String part) {
        TransportException failure = failureAgainst(get("/"), answering(part));

        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress().responseStarted()).isTrue();
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.HEAD);
    }

    @Test
    void execute_connectionBreaksWhileSending_isSendFailed() {
        TransportException failure = failureAgainst(post(new byte[50_000_000]), connection -> {
            connection.skip(1000);
            connection.reset();
        });

        assertThat(failure.failure()).isEqualTo(TransportFailure.SEND_FAILED);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.SEND);
        assertThat(failure.progress().bytesWritten()).isLessThan(50_000_000);
        assertThat(failure.progress().bytesToWrite()).isEqualTo(50_000_000);
        assertThat(failure.progress().responseStarted()).isFalse();
    }

    @Test
    void execute_answerBeforeTheBodyIsSent_isDelivered() {
        int length = 5_000_000;
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.skip(100_000);
                    connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                    connection.skip(length - 100_000);
                    connection.awaitDisconnect();
                });
                HttpTransport transport = transport(server);
                TransportResponse response = call(transport, post(new byte[length])).execute()) {
            assertThat(response.status()).isEqualTo(413);
            assertThat(readAll(response)).isEqualTo("big");
        }
    }

    @Test
    void execute_connectionThatNeverOpens_timesOutWhileConnecting() {
        TransportSettings hurried = new TransportSettings(
                Duration.ofMillis(200), Duration.ofSeconds(5), TransportSettings.DEFAULT.lifetimes(), null);
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = transport(hole.endpoint(), hurried)) {
            TransportException failure = failureOf(() -> fetch(transport));

            assertThat(failure.failure()).isEqualTo(TransportFailure.TIMEOUT);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
        }
    }

    @Test
    void execute_noWayToTheServer_isUnreachable() {
        try (HttpTransport transport = transport(new Endpoint(false, "255.255.255.255", 80), TransportSettings.DEFAULT)) {
            TransportException failure = failureOf(() -> fetch(transport));

            assertThat(failure.failure()).isEqualTo(TransportFailure.UNREACHABLE);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
        }
    }
}
