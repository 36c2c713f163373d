package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.tck.server.ConnectionScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which an answer can break has its own name, and none of them is a success or a hang. */
public abstract class BrokenResponseTestSuite extends TransportTestSuite {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final int MORE_THAN_SOCKETS_BUFFER = 32 << 20;
    private static final int WHAT_BUFFERS_MAY_HOLD = 8 << 20;

    /** Returns which of these broken responses the library under the transport takes for whole: none for most. */
    protected Set<String> toleratedResponses() {
        return Set.of();
    }

    /** Tells whether the transport limits the length of a status line; otherwise the limits of time above it do. */
    protected boolean limitsTheStatusLine() {
        return true;
    }

    /** Tells whether the transport looks for an answer while it sends; otherwise it has to have sent the request first. */
    protected boolean receivesWhileSending() {
        return true;
    }

    @Test
    void execute_portClosed_isRefused() throws IOException {
        // A port that is bound but not listened on refuses, and nobody else can take it meanwhile.
        try (Socket reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Endpoint endpoint = new Endpoint(false, "127.0.0.1", reserved.getLocalPort());
            try (HttpTransport transport =
                    factory().create(endpoint, TransportFixture.PATIENT, new CountingConnectionListener())) {
                TransportException failure = catchThrowableOfType(
                        TransportException.class,
                        () -> transport.newCall(get("/"), CallListener.none()).execute());
                assertThat(failure.failure()).isEqualTo(TransportFailure.CONNECTION_REFUSED);
                assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.CONNECT, 0, 0, false, false));
                assertThat(transport.idleConnections()).isIn(null, 0);
            }
        }
    }

    @Test
    void execute_addressWithoutARoute_isUnreachable() {
        // The address of everybody cannot be connected to; the platform says so at once.
        try (var transport = factory().create(
                new Endpoint(false, "255.255.255.255", 80), TransportFixture.PATIENT, new CountingConnectionListener())) {
            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> transport.newCall(get("/"), CallListener.none()).execute());
            assertThat(failure.failure()).isEqualTo(TransportFailure.UNREACHABLE);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
        }
    }

    @Test
    void execute_hostWithoutAddress_isUnknown() {
        try (var transport = factory().create(
                new Endpoint(false, "no-such-host.invalid", 80), TransportFixture.PATIENT, new CountingConnectionListener())) {
            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> transport.newCall(get("/"), CallListener.none()).execute());
            assertThat(failure.failure()).isEqualTo(TransportFailure.UNKNOWN_HOST);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
        }
    }

    @Test
    void execute_serverClosesInsteadOfAnswering_isNoResponse() {
        TransportException failure = failureOf(post("/api/chat", "{}"), connection -> connection.readRequest());

        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 2, 2, false, false));
    }

    @Test
    void execute_serverResetsInsteadOfAnswering_isNoResponse() {
        TransportException failure = failureOf(post("/api/chat", "{}"), connection -> {
            connection.readRequest();
            connection.reset();
        });

        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress().responseStarted()).isFalse();
    }

    @Test
    void execute_keptConnectionClosedOnUse_isNoResponseAndSaysThatItWasReused() {
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
            connection.readRequest();
        };
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            fixture.fetch(get("/"));
            TransportException failure = fixture.failureOf(post("/", "body"));

            boolean tells = fixture.transport().reportedEvents().contains(ConnectionEvent.LEASED);
            assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
            assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 4, 4, false, tells));
            assertThat(fixture.server().requests()).hasSize(2);
            fixture.assertOneDiscarded();
        }
    }

    @Test
    void execute_connectionBreaksWhileSending_isSendFailed() {
        ConnectionScript script = connection -> {
            connection.skip(1000);
            connection.reset();
        };
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            TransportException failure = fixture.failureOf(post("/", "x".repeat(MORE_THAN_SOCKETS_BUFFER)));

            assertThat(failure.failure()).isEqualTo(TransportFailure.SEND_FAILED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.SEND);
            assertThat(failure.progress().bytesWritten()).isLessThan(MORE_THAN_SOCKETS_BUFFER);
            assertThat(failure.progress().bytesToWrite()).isEqualTo(MORE_THAN_SOCKETS_BUFFER);
            assertThat(failure.progress().responseStarted()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void execute_answerBeforeTheBodyIsSent_isDelivered(boolean closing) {
        assumeThat(receivesWhileSending()).isTrue();
        CountDownLatch answered = new CountDownLatch(1);
        ConnectionScript script = connection -> {
            connection.skip(100_000);
            connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
            if (!closing) {
                // A client that filled the buffers before the answer came may be stuck in a piece of the body.
                connection.skip(WHAT_BUFFERS_MAY_HOLD);
                await(answered);
            }
        };
        TransportRequest large = post("/", "x".repeat(MORE_THAN_SOCKETS_BUFFER));
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            try (TransportResponse response = fixture.transport().newCall(large, CallListener.none()).execute()) {
                assertThat(response.status()).isEqualTo(413);
                assertThat(TransportFixture.readAll(response)).isEqualTo("big");
            } finally {
                answered.countDown();
            }
            fixture.assertOneDiscarded();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "garbage\r\n\r\n",
                "HTTP/1.1 banana\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
                OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
                OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                OK + "Content-Length: 2, 2\r\n\r\nab",
                OK + "Content-Length: -1\r\n\r\n",
                OK + "Content-Length: +2\r\n\r\nab",
                OK + "Content-Length: x\r\n\r\nab",
                OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                OK + "no colon\r\n\r\n",
                OK + "b d: x\r\n\r\n",
            })
    void execute_headThatBreaksHttp_isMalformed(String response) {
        assumeThat(toleratedResponses()).doesNotContain(response);
        assertMalformedHead(answering(response));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz\r\nhello\r\n0\r\n\r\n", "-1\r\nab\r\n", "2\r\nabc\r\n0\r\n\r\n",
        "99999999999999999999\r\nab"})
    void read_chunkThatBreaksHttp_isMalformed(String chunks) {
        assumeThat(toleratedResponses()).doesNotContain(CHUNKED + chunks);
        assertThat(failureOf(get("/"), answering(CHUNKED + chunks)).failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_tooManyFields_isMalformed() {
        assertMalformedHead(answering(OK + "X: y\r\n".repeat(101) + "\r\n"));
    }

    @Test
    void execute_tooLongLine_isMalformed() {
        assertMalformedHead(answering(OK + "X: " + "y".repeat(8200) + "\r\n\r\n"));
    }

    @Test
    void execute_endlessLine_isMalformedBeforeItsEnd() {
        assumeThat(limitsTheStatusLine()).isTrue();
        assertMalformedHead(connection -> {
            connection.readRequest();
            connection.send("y".repeat(100_000));
            connection.awaitDisconnect();
        });
    }

    @Test
    void execute_tooManyInterimResponses_isMalformed() {
        assertMalformedHead(answering("HTTP/1.1 100 Continue\r\n\r\n".repeat(9) + OK + "Content-Length: 0\r\n\r\n"));
    }

    @Test
    void execute_limitsReachedButNotPassed_succeeds() {
        String response = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(8)
                + OK + "X: " + "y".repeat(8000) + "\r\n" + "X: y\r\n".repeat(98) + "Content-Length: 2\r\n\r\nhi";
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(response));
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            assertThat(fixture.fetch(get("/"))).isEqualTo("hi");
            assertThat(fixture.fetch(get("/"))).isEqualTo("hi");
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_controlCharactersInAField_areNeverHandedOver() {
        ConnectionScript script = answering(OK + "X: a\0b\rc\r\nContent-Length: 0\r\n\r\n");
        try (TransportFixture fixture = TransportFixture.start(factory(), script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.headers().first("X")).isIn("a b c", null);
        } catch (TransportException refused) {
            assertThat(refused.failure()).isEqualTo(TransportFailure.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 10\r\n\r\nhello",
                CHUNKED,
                CHUNKED + "5",
                CHUNKED + "5\r\nhel",
                CHUNKED + "5\r\nhello",
                CHUNKED + "5\r\nhello\r\n",
                CHUNKED + "5\r\nhello\r\n3",
                CHUNKED + "5\r\nhello\r\n0\r\n",
                CHUNKED + "5\r\nhello\r\n0\r\nA: b\r\n",
            })
    void read_bodyThatEndsEarly_isTruncated(String response) {
        assumeThat(toleratedResponses()).doesNotContain(response);
        TransportException failure = failureOf(get("/"), answering(response));

        assertThat(failure.failure()).isEqualTo(TransportFailure.TRUNCATED);
        assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.BODY, 0, 0, true, false));
        assertThat(failure).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void read_againAfterAFailure_failsAgain() {
        try (TransportFixture fixture = TransportFixture.start(
                        factory(), answering(OK + "Content-Length: 5\r\n\r\nabc"));
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            TransportException first = catchThrowableOfType(
                    TransportException.class, () -> TransportFixture.readAll(response));
            TransportException second = catchThrowableOfType(
                    TransportException.class, () -> TransportFixture.readAll(response));
            assertThat(second).isNotNull().isSameAs(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 5\r\n\r\nhello",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n",
            })
    void read_responseThatEndsAtAnyByte_isNeverASuccess(String response) {
        int head = response.indexOf("\r\n\r\n") + 4;
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.send(response.substring(0, connection.number()));
        };
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            for (int length = 1; length < response.length(); length++) {
                String description = length + " of " + response.length() + " bytes";
                TransportException failure = catchThrowableOfType(
                        TransportException.class, () -> fixture.fetch(post("/api/chat", "{}").withoutConnectionReuse()));

                assertThat(failure).as(description).isNotNull();
                assertThat(failure.progress().responseStarted()).as(description).isTrue();
                if (length >= head) {
                    assertThat(failure.failure()).as(description).isEqualTo(TransportFailure.TRUNCATED);
                } else {
                    assertThat(failure.failure())
                            .as(description)
                            .isIn(TransportFailure.NO_RESPONSE, TransportFailure.MALFORMED);
                    assertThat(failure.progress().phase()).as(description).isEqualTo(CallPhase.HEAD);
                }
            }
            assertThat(fixture.server().requests()).hasSize(response.length() - 1);
        }
    }

    @Test
    void read_connectionResetInTheBody_isReset() {
        TransportException failure = failureOf(get("/"), connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.reset();
        });

        assertThat(failure.failure()).isEqualTo(TransportFailure.RESET);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.BODY);
    }

    private void assertMalformedHead(ConnectionScript script) {
        TransportException failure = failureOf(get("/"), script);
        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.HEAD);
        assertThat(failure.progress().responseStarted()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private TransportException failureOf(TransportRequest request, ConnectionScript script) {
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            TransportException failure = fixture.failureOf(request);
            assertThat(fixture.server().requests()).as("requests that the server saw").hasSize(1);
            fixture.assertOneDiscarded();
            return failure;
        }
    }

    private static ConnectionScript answering(String response) {
        return connection -> {
            connection.readRequest();
            connection.send(response);
        };
    }
}
