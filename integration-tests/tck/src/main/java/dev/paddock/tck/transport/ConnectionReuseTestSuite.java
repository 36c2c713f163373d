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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A transport keeps connections open, uses them again, and tells the truth about it. */
public abstract class ConnectionReuseTestSuite extends TransportTestSuite {

    /**
     * Tells whether the transport notices bytes that were read together with a response and do not belong to it, and closes their
     * connection. One whose library throws them away, unseen, uses the connection again.
     */
    protected boolean noticesUnaskedBytes() {
        return true;
    }

    @Test
    void execute_sequentialCalls_useOneConnection() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            for (int call = 0; call < 20; call++) {
                fixture.fetch(post("/api/chat", "{}"));
            }
            assertThat(fixture.server().accepted()).isEqualTo(1);
            assertThat(fixture.server().requests()).hasSize(20);
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
            }
            try (TransportResponse second = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                assumeThat(fixture.transport().observes()).contains(ConnectionEvent.LEASED);
                assertThat(second.connection().reused()).isTrue();
            }
        }
    }

    @Test
    void ledger_callsInParallel_agreesWithWhatTheServerAccepted() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            Set<ConnectionEvent> observed = fixture.transport().observes();
            int calls = 200;
            Parallel.run(calls, number -> fixture.fetch(post("/api/chat", "{}")));
            assertThat(fixture.server().requests()).hasSize(calls);
            if (observed.contains(ConnectionEvent.OPENED)) {
                assertThat(fixture.ledger().openedCount()).isEqualTo(fixture.server().accepted());
            }
            if (observed.contains(ConnectionEvent.LEASED)) {
                assertThat(fixture.ledger().leasedNewCount()).isEqualTo(fixture.server().accepted());
                assertThat(fixture.ledger().leasedNewCount() + fixture.ledger().leasedReusedCount())
                        .isEqualTo(calls);
            }
            fixture.transport().close();
            if (observed.contains(ConnectionEvent.CLOSED)) {
                Eventually.await(
                        "every opened connection is reported closed",
                        () -> fixture.ledger().closedCount() == fixture.server().accepted());
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
        }
    }

    @Test
    void execute_bytesThatNobodyAskedFor_areNotTakenForTheNextResponse() {
        // In one segment, so that the poison is there when the first response is: bytes that come later, between the check of
        // an idle connection and the next request, cannot be told from an answer by anybody.
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + connection.number();
            String poison = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 6\r\n\r\npoison";
            connection.send(connection.number() == 1 ? answer + poison : answer);
        });
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            int next = noticesUnaskedBytes() ? 2 : 1;
            assertThat(fixture.fetch(get("/"))).isEqualTo("1");
            assertThat(fixture.fetch(get("/"))).isEqualTo(Integer.toString(next));
            assertThat(fixture.fetch(get("/"))).isEqualTo(Integer.toString(next));
            assertThat(fixture.server().accepted()).isEqualTo(next);
        }
    }

    @Test
    void execute_serverSaysConnectionClose_isHonoured() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection ->
                connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(2);
            Eventually.await("both are closed by the transport", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void execute_requestWhoseConnectionIsNotToBeKept_closesItWithoutTellingTheServer() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            fixture.fetch(get("/").closingConnection());
            Eventually.await("the transport closes it", () -> fixture.server().open() == 0);
            assertThat(fixture.server().requests().getFirst().values("connection")).isEmpty();
        }
    }

    @Test
    void closeIdle_unusedConnections_closesThemAndTheServerSeesIt() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            fixture.fetch(get("/"));
            assumeThat(fixture.transport().idleConnections()).isEqualTo(1);

            fixture.transport().closeIdle(Duration.ZERO);

            assertThat(fixture.transport().idleConnections()).isZero();
            assertThat(fixture.ledger().closedCount(CloseReason.IDLE)).isEqualTo(1);
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
}
