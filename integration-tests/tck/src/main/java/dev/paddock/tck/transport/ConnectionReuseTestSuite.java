package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.tck.Eventually;
import dev.paddock.tck.Parallel;
import dev.paddock.tck.server.ConnectionScript;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transport keeps connections open, uses them again, and tells the truth about it. */
public abstract class ConnectionReuseTestSuite extends TransportTestSuite {

    /**
     * Tells whether the transport closes a connection also where {@code close} is not the only element of {@code Connection}, and
     * where a server of HTTP/1.0 says nothing. One whose library goes by the single word finds the connection closed later.
     */
    protected boolean honoursEveryWayToClose() {
        return true;
    }

    /** Tells whether, of several idle connections, the one that was used last serves next; otherwise it is the oldest. */
    protected boolean prefersTheOneUsedLast() {
        return true;
    }

    /** Returns what the transport says that it observes: what it does not say, no suite asks of it. */
    protected Set<ConnectionEvent> observed() {
        return EnumSet.allOf(ConnectionEvent.class);
    }

    @Test
    void observes_transport_saysWhatItsAuthorSays() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            assertThat(fixture.transport().reportedEvents()).isEqualTo(observed());
            boolean counts = fixture.transport().idleConnections() != null;
            assertThat(counts).isEqualTo(observed().contains(ConnectionEvent.CLOSED));
        }
    }

    @Test
    void execute_severalIdle_usesTheSameOneEachTime() {
        CountDownLatch bothArrived = new CountDownLatch(2);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            bothArrived.countDown();
            connection.sendResponse("200 OK", "application/json", "{}");
        });
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            assumeThat(fixture.transport().reportedEvents()).contains(ConnectionEvent.LEASED);
            TransportResponse first = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            TransportResponse second = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            await(bothArrived);
            TransportFixture.readAll(first);
            TransportFixture.readAll(second);
            String preferred = (prefersTheOneUsedLast() ? second : first).connection().id();
            for (int call = 0; call < 3; call++) {
                try (TransportResponse next = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                    assertThat(next.connection().id()).isEqualTo(preferred);
                    TransportFixture.readAll(next);
                }
            }
            assertThat(fixture.server().accepted()).isEqualTo(2);
        }
    }

    @Test
    void execute_sequentialCalls_useOneConnection() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            for (int call = 0; call < 20; call++) {
                fixture.fetch(post("/api/chat", "{}"));
            }
            assertThat(fixture.server().accepted()).isEqualTo(1);
            assertThat(fixture.server().requests()).hasSize(20);
            assertThat(fixture.transport().idleConnections()).isIn(null, 1);
            if (fixture.transport().reportedEvents().contains(ConnectionEvent.LEASED)) {
                assertThat(fixture.connectionCounts().leasedNewCount()).isEqualTo(1);
                assertThat(fixture.connectionCounts().leasedReusedCount()).isEqualTo(19);
            }
            fixture.transport().close();
            fixture.assertClosed(1, CloseReason.SHUTDOWN);
        }
    }

    @Test
    void execute_chunkedBodyReadToItsEnd_keepsTheConnection() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.sendLastChunk();
        });
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_secondCall_saysThatItsConnectionWasReused() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            try (TransportResponse first = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                assertThat(first.connection().reused()).isFalse();
                TransportFixture.readAll(first);
                try (TransportResponse second = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                    assumeThat(fixture.transport().reportedEvents()).contains(ConnectionEvent.LEASED);
                    assertThat(second.connection().reused()).isTrue();
                    assertThat(second.connection().id()).isEqualTo(first.connection().id());
                }
            }
        }
    }

    @Test
    void read_endOfChunkedBody_hasGivenTheConnectionBack() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}");
            connection.sendLastChunk();
        });
        try (TransportFixture fixture = TransportFixture.start(factory(), script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assumeThat(fixture.transport().idleConnections()).isNotNull();
            byte[] buffer = new byte[10];
            assertThat(response.read(buffer, 0, buffer.length)).isEqualTo(2);
            assertThat(fixture.transport().idleConnections()).isZero();
            assertThat(response.read(buffer, 0, buffer.length)).isEqualTo(-1);
            assertThat(fixture.transport().idleConnections()).isEqualTo(1);
        }
    }

    @Test
    void read_lastByteOfKnownLength_givesTheConnectionBackAtOnce() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"));
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assumeThat(fixture.transport().idleConnections()).isNotNull();
            assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            assertThat(fixture.transport().idleConnections()).isEqualTo(1);
        }
    }

    @Test
    void close_restOfTheBodyHasArrived_closesTheConnectionAllTheSame() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            assumeThat(fixture.transport().reportedEvents()).contains(ConnectionEvent.CLOSED);
            TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            assertThat(response.read(new byte[10], 0, 2)).isEqualTo(2);

            response.close();

            fixture.assertOneDiscarded();
        }
    }

    @Test
    void execute_manyAtOnce_eachHaveAConnectionThatIsKept() {
        int calls = 200;
        CountDownLatch allArrived = new CountDownLatch(calls);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            allArrived.countDown();
            await(allArrived);
            connection.sendResponse("200 OK", "application/json", "{}");
        });
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            assertThat(Parallel.run(calls, number -> fixture.fetch(get("/")))).containsOnly("{}");
            assertThat(fixture.transport().idleConnections()).isIn(null, calls);
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(calls);
            fixture.transport().close();
            fixture.assertClosed(calls, CloseReason.SHUTDOWN);
        }
    }

    @Test
    void ledger_callsInParallel_agreesWithWhatTheServerAccepted() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            Set<ConnectionEvent> observed = fixture.transport().reportedEvents();
            int calls = 200;
            Parallel.run(calls, number -> fixture.fetch(post("/api/chat", "{}")));
            assertThat(fixture.server().requests()).hasSize(calls);
            if (observed.contains(ConnectionEvent.OPENED)) {
                assertThat(fixture.connectionCounts().openedCount()).isEqualTo(fixture.server().accepted());
            }
            if (observed.contains(ConnectionEvent.LEASED)) {
                assertThat(fixture.connectionCounts().leasedNewCount()).isEqualTo(fixture.server().accepted());
                assertThat(fixture.connectionCounts().leasedNewCount() + fixture.connectionCounts().leasedReusedCount())
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

    @Test
    void execute_connectionClosedByTheServerWhileIdle_isReplaced() {
        ConnectionScript oneEach = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
        };
        try (TransportFixture fixture = TransportFixture.start(factory(), oneEach)) {
            for (int call = 1; call <= 5; call++) {
                fixture.fetch(post("/api/chat", "{}"));
                Eventually.await("the server has closed", () -> fixture.server().open() == 0);
            }
            assertThat(fixture.server().requests()).hasSize(5);
            assertThat(fixture.server().accepted()).isEqualTo(5);
            assertThat(fixture.connectionCounts().leasedReusedCount()).isZero();
            fixture.assertClosed(4, CloseReason.STALE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 408 Request Timeout\r\nContent-Length: 6\r\n\r\npoison", "poison"})
    void execute_bytesThatNobodyAskedFor_areNotTakenForTheNextResponse(String poison) {
        // In one segment, so that the poison is there when the first response is: bytes that come later, between the check of
        // an idle connection and the next request, cannot be told from an answer by anybody.
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + connection.number();
            connection.send(connection.number() == 1 ? answer + poison : answer);
        });
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            int next = noticesUnaskedBytes() ? 2 : 1;
            assertThat(fixture.fetch(get("/"))).isEqualTo("1");
            assertThat(fixture.fetch(get("/"))).isEqualTo(Integer.toString(next));
            assertThat(fixture.fetch(get("/"))).isEqualTo(Integer.toString(next));
            assertThat(fixture.server().accepted()).isEqualTo(next);
            fixture.assertClosed(next - 1, CloseReason.STALE);
        }
    }

    @Test
    void execute_bytesThatNobodyAskedForComeLater_areNotTakenForTheNextResponse() {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch poisoned = new CountDownLatch(1);
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "text/plain", Integer.toString(connection.number()));
            await(idle);
            connection.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
            poisoned.countDown();
            connection.awaitDisconnect();
        };
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            // One that sees such bytes in a thread of its own may see them too late.
            assumeThat(noticesUnaskedBytes()).isTrue();
            fixture.fetch(get("/"));
            idle.countDown();
            await(poisoned);

            assertThat(fixture.fetch(get("/"))).isEqualTo("2");
            fixture.assertClosed(1, CloseReason.STALE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\n",
                "HTTP/1.1 200 OK\r\nConnection: x, Close\r\n",
                "HTTP/1.0 200 OK\r\n",
            })
    void execute_serverWillClose_isHonoured(String head) {
        assumeThat(honoursEveryWayToClose() || head.contains("Connection: close")).isTrue();
        ConnectionScript script = ConnectionScript.forEachRequest(
                connection -> connection.send(head + "Content-Length: 2\r\n\r\n{}"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(2);
            Eventually.await("both are closed by the transport", () -> fixture.server().open() == 0);
            assertThat(fixture.transport().idleConnections()).isIn(null, 0);
            fixture.assertClosed(2, CloseReason.DISCARDED);
        }
    }

    @Test
    void execute_oldServerThatKeepsTheConnection_isUsedAgain() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection ->
                connection.send("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_requestWhoseConnectionIsNotToBeKept_closesItWithoutTellingTheServer() {
        CompletableFuture<Boolean> inOrder = new CompletableFuture<>();
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
            inOrder.complete(connection.awaitDisconnect());
        };
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            fixture.fetch(get("/").withoutConnectionReuse());
            assertThat(Parallel.resultOf(inOrder)).isTrue();
            assertThat(fixture.server().requests().getFirst().values("connection")).isEmpty();
            fixture.assertClosed(1, CloseReason.OVERFLOW);
        }
    }

    @Test
    void closeIdle_unusedConnections_closesThemAndTheServerSeesIt() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            fixture.fetch(get("/"));
            fixture.transport().closeIdle(Duration.ofSeconds(30));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(1);
            assertThat(fixture.transport().idleConnections()).isIn(null, 1);

            fixture.transport().closeIdle(Duration.ZERO);

            assertThat(fixture.transport().idleConnections()).isIn(null, 0);
            fixture.assertClosed(1, CloseReason.IDLE);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            assertThat(fixture.fetch(get("/"))).isEqualTo("{}");
        }
    }

    @Test
    void close_idleConnections_closesThemAndRefusesNewCalls() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            fixture.fetch(get("/"));
            fixture.transport().close();
            fixture.transport().close();

            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> fixture.fetch(get("/")))
                    .satisfies(thrown -> assertThat(thrown.failure()).isEqualTo(TransportFailure.CLOSED));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
