package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Named.named;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.ConnectionScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A transport keeps connections alive, reuses them, and reports both. */
public abstract class ConnectionReuseTestSuite extends TransportTestSuite {

    @Strict("the transport reports what happens to its connections")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void reportedEvents_each_isReported(ConnectionEvent event) {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            assertThat(fixture.transport().reportedEvents())
                    .as("the events that the transport reports")
                    .contains(event);
        }
    }

    @Safety
    @Test
    void idleConnections_closedIsReported_areKnown() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            assertThat(fixture.transport().idleConnections() != null)
                    .as("idle connections are counted if the transport reports closed connections, otherwise not")
                    .isEqualTo(fixture.transport().reportedEvents().contains(ConnectionEvent.CLOSED));
        }
    }

    @Strict("of several idle connections, the same one serves each call")
    @Test
    void execute_severalIdle_usesTheSameOneEachTime() {
        assertThat(connectionsThatServeNext().distinct()).as("connections that serve three calls in turn").hasSize(1);
    }

    @Strict("of several idle connections, the one that was used last serves next")
    @Test
    void execute_severalIdle_usesTheOneUsedLast() {
        assertThat(connectionsThatServeNext()).as("connections that serve three calls in turn").containsOnly("last");
    }

    /** Returns the numbers of the connections, of two idle ones, that serve three calls in turn. */
    private Stream<String> connectionsThatServeNext() {
        CountDownLatch bothArrived = new CountDownLatch(2);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            bothArrived.countDown();
            connection.sendResponse("200 OK", "application/json", "{}");
        });
        try (TransportFixture fixture = start(script)) {
            assumeThat(fixture.transport().reportedEvents())
                    .as("connections have names only if the transport reports leases")
                    .contains(ConnectionEvent.LEASED);
            TransportResponse first = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            TransportResponse second = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            Eventually.open(bothArrived);
            TransportFixture.readAll(first);
            TransportFixture.readAll(second);
            List<String> names = new ArrayList<>();
            for (int call = 0; call < 3; call++) {
                try (TransportResponse next = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                    names.add(next.connection().id().equals(second.connection().id()) ? "last" : "first");
                    TransportFixture.readAll(next);
                }
            }
            assertThat(fixture.server().accepted()).as("accepted connections").isEqualTo(2);
            return names.stream();
        }
    }

    @Safety
    @Test
    void execute_sequentialCalls_useOneConnection() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            for (int call = 0; call < 20; call++) {
                fixture.fetch(post("/api/chat", "{}"));
            }
            assertThat(fixture.server().accepted()).as("connections: one serves all calls in turn").isEqualTo(1);
            assertThat(fixture.server().requests()).as("requests that the server received").hasSize(20);
            assertThat(fixture.transport().idleConnections())
                    .as("idle connections, if the transport knows them")
                    .isIn(null, 1);
            if (fixture.transport().reportedEvents().contains(ConnectionEvent.LEASED)) {
                assertThat(fixture.connectionCounts().leasedNewCount()).as("leases of a new connection").isEqualTo(1);
                assertThat(fixture.connectionCounts().leasedReusedCount())
                        .as("leases of a reused connection")
                        .isEqualTo(19);
            }
            fixture.transport().close();
            fixture.assertClosed(1, CloseReason.SHUTDOWN);
        }
    }

    @Safety
    @Test
    void execute_chunkedBodyReadToItsEnd_keepsTheConnection() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.sendLastChunk();
        });
        try (TransportFixture fixture = start(script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted())
                    .as("connections: a body read to its end leaves its connection reusable")
                    .isEqualTo(1);
        }
    }

    @Safety
    @Test
    void execute_secondCall_saysThatItsConnectionWasReused() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            try (TransportResponse first = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                assertThat(first.connection().reused()).as("whether the first call reused a connection").isFalse();
                TransportFixture.readAll(first);
                try (TransportResponse second = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                    assumeThat(fixture.transport().reportedEvents()).contains(ConnectionEvent.LEASED);
                    assertThat(second.connection().reused()).as("whether the second call reused a connection").isTrue();
                    assertThat(second.connection().id())
                            .as("the name of the second call's connection")
                            .isEqualTo(first.connection().id());
                }
            }
        }
    }

    @Safety
    @Test
    void read_endOfChunkedBody_hasGivenTheConnectionBack() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}");
            connection.sendLastChunk();
        });
        try (TransportFixture fixture = start(script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assumeThat(fixture.transport().idleConnections()).isNotNull();
            byte[] buffer = new byte[10];
            assertThat(response.read(buffer, 0, buffer.length)).as("bytes of the only chunk").isEqualTo(2);
            assertThat(fixture.transport().idleConnections())
                    .as("idle connections before the end of the body was read")
                    .isZero();
            assertThat(response.read(buffer, 0, buffer.length)).as("a read at the end of the body").isEqualTo(-1);
            assertThat(fixture.transport().idleConnections())
                    .as("idle connections after the end of the body was read: close is not needed for it")
                    .isEqualTo(1);
        }
    }

    @Strict("the last byte of a known length makes the connection idle")
    @Test
    void read_lastByteOfKnownLength_givesTheConnectionBackAtOnce() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"));
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assumeThat(fixture.transport().idleConnections()).isNotNull();
            assertThat(response.read(new byte[10], 0, 10)).as("bytes of the body").isEqualTo(2);
            assertThat(fixture.transport().idleConnections()).as("idle connections after the last byte").isEqualTo(1);
        }
    }

    @Strict("closing early closes the connection even if the rest of the body has arrived")
    @Test
    void close_restOfTheBodyHasArrived_closesTheConnectionAllTheSame() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n"));
        try (TransportFixture fixture = start(script)) {
            assumeThat(fixture.transport().reportedEvents()).contains(ConnectionEvent.CLOSED);
            TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            assertThat(response.read(new byte[10], 0, 2)).as("bytes of the first chunk").isEqualTo(2);

            response.close();

            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @Test
    void execute_manyAtOnce_eachHaveAConnectionThatIsKept() {
        int calls = 200;
        CountDownLatch allArrived = new CountDownLatch(calls);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            allArrived.countDown();
            Eventually.open(allArrived);
            connection.sendResponse("200 OK", "application/json", "{}");
        });
        try (TransportFixture fixture = start(script)) {
            assertThat(Parallel.run(calls, number -> fixture.fetch(get("/"))))
                    .as("answers of calls at the same time")
                    .containsOnly("{}");
            assertThat(fixture.transport().idleConnections())
                    .as("idle connections, if the transport knows them: it has no limit of its own")
                    .isIn(null, calls);
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted())
                    .as("connections: one for each call at the same time, and none for the call after them")
                    .isEqualTo(calls);
            fixture.transport().close();
            fixture.assertClosed(calls, CloseReason.SHUTDOWN);
        }
    }

    @Safety
    @Test
    void ledger_callsInParallel_agreesWithWhatTheServerAccepted() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            Set<ConnectionEvent> observed = fixture.transport().reportedEvents();
            int calls = 200;
            Parallel.run(calls, number -> fixture.fetch(post("/api/chat", "{}")));
            assertThat(fixture.server().requests()).as("requests that the server received").hasSize(calls);
            if (observed.contains(ConnectionEvent.OPENED)) {
                assertThat(fixture.connectionCounts().openedCount())
                        .as("connections reported as opened, against those that the server accepted")
                        .isEqualTo(fixture.server().accepted());
            }
            if (observed.contains(ConnectionEvent.LEASED)) {
                assertThat(fixture.connectionCounts().leasedNewCount())
                        .as("leases of new connections, against connections that the server accepted")
                        .isEqualTo(fixture.server().accepted());
                assertThat(fixture.connectionCounts().leasedNewCount() + fixture.connectionCounts().leasedReusedCount())
                        .as("leases of any connection: one per call")
                        .isEqualTo(calls);
            }
            fixture.transport().close();
            if (observed.contains(ConnectionEvent.CLOSED)) {
                Eventually.await(
                        "every opened connection is reported closed",
                        () -> fixture.connectionCounts().closedCount() == fixture.server().accepted());
            }
        }
    }

    @Safety
    @Test
    void execute_connectionClosedByTheServerWhileIdle_isReplaced() {
        ConnectionScript oneEach = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
        };
        try (TransportFixture fixture = start(oneEach)) {
            for (int call = 1; call <= 5; call++) {
                fixture.fetch(post("/api/chat", "{}"));
                Eventually.await("the server has closed", () -> fixture.server().open() == 0);
            }
            assertThat(fixture.server().requests())
                    .as("requests that the server received: one per call, none tried again")
                    .hasSize(5);
            assertThat(fixture.server().accepted())
                    .as("connections: each had been closed by the server before the next call")
                    .isEqualTo(5);
            assertThat(fixture.connectionCounts().leasedReusedCount())
                    .as("leases of a reused connection: a stale one is not reused")
                    .isZero();
            // The last one is found at its reuse, which does not come, or at once by a transport that watches idle connections.
            fixture.assertClosed(4, 5, CloseReason.STALE);
        }
    }

    @Safety
    @Test
    void execute_serverSaysThatItCloses_isHonoured() {
        assertClosedAfter("HTTP/1.1 200 OK\r\nConnection: close\r\n");
    }

    static Stream<Named<String>> rareWaysToClose() {
        return Stream.of(
                named("close among other options", "HTTP/1.1 200 OK\r\nConnection: x, Close\r\n"),
                named("HTTP/1.0", "HTTP/1.0 200 OK\r\n"));
    }

    @Strict("a connection that the server will close is not used again, whichever way the server says it")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rareWaysToClose")
    void execute_serverSaysSoInARareWay_isHonoured(String head) {
        assertClosedAfter(head);
    }

    private void assertClosedAfter(String head) {
        ConnectionScript script = ConnectionScript.forEachRequest(
                connection -> connection.send(head + "Content-Length: 2\r\n\r\n{}"));
        try (TransportFixture fixture = start(script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted())
                    .as("connections: the server had said that it closes the first")
                    .isEqualTo(2);
            Eventually.await("both are closed by the transport", () -> fixture.server().open() == 0);
            assertThat(fixture.transport().idleConnections())
                    .as("idle connections, if the transport knows them")
                    .isIn(null, 0);
            fixture.assertClosed(2, CloseReason.DISCARDED);
        }
    }

    @Strict("a connection that an HTTP/1.0 server keeps alive is reused")
    @Test
    void execute_oldServerThatKeepsTheConnection_isUsedAgain() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection ->
                connection.send("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}"));
        try (TransportFixture fixture = start(script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted())
                    .as("connections: the server had said that it keeps the first")
                    .isEqualTo(1);
        }
    }

    @Safety
    @Test
    void execute_requestWhoseConnectionIsNotToBeKept_closesItWithoutTellingTheServer() {
        CompletableFuture<Boolean> inOrder = new CompletableFuture<>();
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
            inOrder.complete(connection.awaitDisconnect());
        };
        try (TransportFixture fixture = start(script)) {
            fixture.fetch(get("/").withoutConnectionReuse());
            assertThat(Parallel.resultOf(inOrder))
                    .as("whether the client closed in order: after an overflow connection's only call, by FIN")
                    .isTrue();
            assertThat(fixture.server().requests().getFirst().values("connection"))
                    .as("values of Connection in the request: the server is not told")
                    .isEmpty();
            fixture.assertClosed(1, CloseReason.OVERFLOW);
        }
    }

    @Safety
    @Test
    void closeIdle_unusedConnections_closesThemAndTheServerSeesIt() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            fixture.fetch(get("/"));
            fixture.transport().closeIdle(Duration.ofSeconds(30));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted())
                    .as("connections: the first was not idle for long enough to be closed")
                    .isEqualTo(1);
            assertThat(fixture.transport().idleConnections())
                    .as("idle connections, if the transport knows them")
                    .isIn(null, 1);

            fixture.transport().closeIdle(Duration.ZERO);

            assertThat(fixture.transport().idleConnections())
                    .as("idle connections, if the transport knows them, after all were closed")
                    .isIn(null, 0);
            fixture.assertClosed(1, CloseReason.IDLE);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            assertThat(fixture.fetch(get("/")))
                    .as("the answer of a call after the idle connections were closed")
                    .isEqualTo("{}");
        }
    }

    @Safety
    @Test
    void close_idleConnections_closesThemAndRefusesNewCalls() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            fixture.fetch(get("/"));
            fixture.transport().close();
            fixture.transport().close();

            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> fixture.fetch(get("/")))
                    .satisfies(thrown -> assertThat(thrown.failure()).isEqualTo(TransportFailure.CLOSED));
        }
    }
}
