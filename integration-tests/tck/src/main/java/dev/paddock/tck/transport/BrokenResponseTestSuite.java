package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.LONG_TIMEOUTS;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.Named.named;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of broken response has its own failure. None of them counts as a success, and none of them hangs. */
public abstract class BrokenResponseTestSuite extends TransportTestSuite {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    /** The broadcast address cannot be connected to; the platform reports this at once. */
    private static final String NO_ROUTE = "255.255.255.255";

    private static final String NO_ADDRESS = "no-such-host.invalid";
    private static final int MORE_THAN_SOCKETS_BUFFER = 32 << 20;

    @Safety
    @Test
    void execute_portClosed_isRefused() throws IOException {
        // A port that is bound but not listened on refuses, and no other process can take it meanwhile.
        try (Socket reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Endpoint endpoint = new Endpoint(false, "127.0.0.1", reserved.getLocalPort());
            try (HttpTransport transport =
                    transports().create(endpoint, TransportFixture.LONG_TIMEOUTS, new CountingConnectionListener())) {
                TransportException failure = TransportCalls.failureOf(() -> transport.newCall(get("/"), CallListener.none()).execute());
                assertThat(failure.failure())
                        .as("the failure when nothing listens on the port")
                        .isEqualTo(TransportFailure.CONNECTION_REFUSED);
                assertThat(failure.progress())
                        .as("the progress: nothing was sent, so that the call may be tried again")
                        .isEqualTo(new CallProgress(CallPhase.CONNECT, 0, 0, false, false));
                assertThat(transport.idleConnections())
                        .as("idle connections, if the transport knows them")
                        .isIn(null, 0);
            }
        }
    }

    @Safety
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {NO_ROUTE, NO_ADDRESS})
    void execute_hostThatCannotBeReached_failsWhileConnecting(String host) {
        assertThat(connectFailure(host))
                .as("a connection to %s cannot be opened, so that the call may be tried again elsewhere", host)
                .isIn(TransportFailure.UNREACHABLE, TransportFailure.UNKNOWN_HOST, TransportFailure.CONNECTION_REFUSED);
    }

    @Strict("an address without a route fails as UNREACHABLE")
    @Test
    void execute_addressWithoutARoute_isUnreachable() {
        assertThat(connectFailure(NO_ROUTE))
                .as("the failure at an address without a route")
                .isEqualTo(TransportFailure.UNREACHABLE);
    }

    @Strict("a name without an address fails as UNKNOWN_HOST")
    @Test
    void execute_hostWithoutAddress_isUnknown() {
        assertThat(connectFailure(NO_ADDRESS))
                .as("the failure of a name without an address")
                .isEqualTo(TransportFailure.UNKNOWN_HOST);
    }

    /** Needs a system whose loopback interface has more than one address, as Linux has. */
    @Strict("of a name with two addresses, the second is tried soon when the first does not answer")
    @Test
    void execute_firstAddressDoesNotAnswer_isConnectedToTheSecondSoon() throws IOException {
        assumeTrue(NamesWithADeadAddress.areUsable(), "the loopback interface has one address");
        TransportSettings patient =
                new TransportSettings(Duration.ofMinutes(1), LONG_TIMEOUTS.tlsTimeout(), LONG_TIMEOUTS.lifetimes(), null);
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK + "Content-Length: 2\r\n\r\nhi"));
                BlackHole hole = new BlackHole(NamesWithADeadAddress.first(), server.port());
                HttpTransport transport = transports().create(
                        new Endpoint(false, NamesWithADeadAddress.NAME, hole.port()), patient, new CountingConnectionListener())) {
            long start = System.nanoTime();
            assertThat(TransportCalls.fetch(transport)).as("the answer of the second address").isEqualTo("hi");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("the time to connect, of which one address after the other would take half of a minute")
                    .isLessThan(Duration.ofSeconds(15));
            assertThat(server.accepted()).as("connections to the second address").isEqualTo(1);
        }
    }

    private TransportFailure connectFailure(String host) {
        try (var transport = transports().create(
                new Endpoint(false, host, 80), TransportFixture.LONG_TIMEOUTS, new CountingConnectionListener())) {
            TransportException failure = TransportCalls.failureOf(() -> transport.newCall(get("/"), CallListener.none()).execute());
            assertThat(failure.progress().phase()).as("the phase that fails").isEqualTo(CallPhase.CONNECT);
            return failure.failure();
        }
    }

    @Safety
    @Test
    void execute_serverClosesInsteadOfAnswering_isNoResponse() {
        TransportException failure = failureOfOnlyCall(post("/api/chat", "{}"), connection -> connection.readRequest());

        assertThat(failure.failure())
                .as("the failure when the server closes without an answer")
                .isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress())
                .as("the progress: everything was sent, nothing came")
                .isEqualTo(new CallProgress(CallPhase.HEAD, 2, 2, false, false));
    }

    @Safety
    @Test
    void execute_serverResetsInsteadOfAnswering_isNoResponse() {
        TransportException failure = failureOfOnlyCall(post("/api/chat", "{}"), connection -> {
            connection.readRequest();
            connection.reset();
        });

        assertThat(failure.failure())
                .as("the failure when the server resets without an answer")
                .isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress().responseStarted())
                .as("whether a response started: only if not, the call may be tried again")
                .isFalse();
    }

    @Safety
    @Test
    void execute_keptConnectionClosedOnUse_isNoResponseAndSaysThatItWasReused() {
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
            connection.readRequest();
        };
        try (TransportFixture fixture = start(script)) {
            fixture.fetch(get("/"));
            TransportException failure = fixture.failureOf(post("/", "body"));

            boolean reportsReuse = fixture.transport().reportedEvents().contains(ConnectionEvent.LEASED);
            assertThat(failure.failure())
                    .as("the failure when a kept connection ends without an answer")
                    .isEqualTo(TransportFailure.NO_RESPONSE);
            assertThat(failure.progress())
                    .as("the progress: the retry of a stale connection depends on each part")
                    .isEqualTo(new CallProgress(CallPhase.HEAD, 4, 4, false, reportsReuse));
            assertThat(fixture.server().requests())
                    .as("requests that the server received: the transport must not retry")
                    .hasSize(2);
            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @Test
    void execute_connectionBreaksWhileSending_isSendFailed() {
        ConnectionScript script = connection -> {
            connection.skip(1000);
            connection.reset();
        };
        try (TransportFixture fixture = start(script)) {
            TransportException failure = fixture.failureOf(post("/", "x".repeat(MORE_THAN_SOCKETS_BUFFER)));

            assertThat(failure.failure())
                    .as("the failure when the connection breaks during the request")
                    .isEqualTo(TransportFailure.SEND_FAILED);
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.SEND);
            assertThat(failure.progress().bytesWritten())
                    .as("bytes written: the server did not take all of them")
                    .isLessThan(MORE_THAN_SOCKETS_BUFFER);
            assertThat(failure.progress().bytesToWrite()).as("bytes to write").isEqualTo(MORE_THAN_SOCKETS_BUFFER);
            assertThat(failure.progress().responseStarted()).as("whether a response started").isFalse();
        }
    }

    @Strict("an answer that comes before the request is sent is delivered")
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"server closes", "server stops reading"})
    void execute_answerBeforeTheBodyIsSent_isDelivered(String afterTheAnswer) {
        boolean closing = afterTheAnswer.equals("server closes");
        CountDownLatch answered = new CountDownLatch(1);
        ObservedBody body = new ObservedBody(MORE_THAN_SOCKETS_BUFFER);
        ConnectionScript script = connection -> {
            connection.skip(100_000);
            if (!closing) {
                body.awaitStandstill(); // all buffers are full, and the client is stuck in a piece of the body
            }
            connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
            if (!closing) {
                await(answered);
            }
        };
        TransportRequest large = new TransportRequest("POST", "/", Headers.of("Content-Type", "application/json"), body);
        try (TransportFixture fixture = start(script)) {
            try (TransportResponse response = fixture.transport().newCall(large, CallListener.none()).execute()) {
                assertThat(response.status()).as("the status of the early answer").isEqualTo(413);
                assertThat(TransportFixture.readAll(response)).as("the body of the early answer").isEqualTo("big");
            } finally {
                answered.countDown();
            }
            fixture.assertOneDiscarded();
        }
    }

    static Stream<Named<String>> bodiesThatEndEarly() {
        return Stream.of(
                named("half of the length", OK + "Content-Length: 10\r\n\r\nhello"),
                named("no chunk", CHUNKED),
                named("within the size", CHUNKED + "5"),
                named("within the chunk", CHUNKED + "5\r\nhel"),
                named("after the data", CHUNKED + "5\r\nhello"),
                named("after the chunk", CHUNKED + "5\r\nhello\r\n"),
                named("within the second size", CHUNKED + "5\r\nhello\r\n3"),
                named("after the last chunk", CHUNKED + "5\r\nhello\r\n0\r\n"));
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @MethodSource("bodiesThatEndEarly")
    void read_bodyThatEndsEarly_isTruncated(String response) {
        assertTruncated(response);
    }

    @Strict("a chunked body that ends within its trailers fails as TRUNCATED")
    @Test
    void read_trailersThatEndEarly_areTruncated() {
        assertTruncated(CHUNKED + "5\r\nhello\r\n0\r\nA: b\r\n");
    }

    private void assertTruncated(String response) {
        TransportException failure = failureOfOnlyCall(get("/"), answering(response));

        assertThat(failure.failure())
                .as("the failure of a body that ends early: it must never count as complete")
                .isEqualTo(TransportFailure.TRUNCATED);
        assertThat(failure.progress())
                .as("the progress: the response has started")
                .isEqualTo(new CallProgress(CallPhase.BODY, 0, 0, true, false));
        assertThat(failure)
                .as("the failure, whose cause says what the library saw")
                .hasCauseInstanceOf(IOException.class);
    }

    @Safety
    @Test
    void read_againAfterAFailure_failsAgain() {
        try (TransportFixture fixture = start(answering(OK + "Content-Length: 5\r\n\r\nabc"));
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            TransportException first = TransportCalls.failureOf(() -> TransportFixture.readAll(response));
            TransportException second = TransportCalls.failureOf(() -> TransportFixture.readAll(response));
            assertThat(second)
                    .as("the failure of the second read, which must not become an end of body")
                    .isNotNull().isSameAs(first);
        }
    }

    @Safety
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
        try (TransportFixture fixture = start(script)) {
            for (int length = 1; length < response.length(); length++) {
                String description = length + " of " + response.length() + " bytes";
                TransportException failure = TransportCalls.failureOf(() -> fixture.fetch(post("/api/chat", "{}").withoutConnectionReuse()));

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
            assertThat(fixture.server().requests())
                    .as("requests that the server received: one per call, none tried again")
                    .hasSize(response.length() - 1);
        }
    }

    @Safety
    @Test
    void read_connectionResetInTheBody_isReset() {
        TransportException failure = failureOfOnlyCall(get("/"), connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.reset();
        });

        assertThat(failure.failure())
                .as("the failure when the connection is reset within the body")
                .isEqualTo(TransportFailure.RESET);
        assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.BODY);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
