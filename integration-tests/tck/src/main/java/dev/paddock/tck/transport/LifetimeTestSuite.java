package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.tck.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No connection serves longer than it may: by the settings, or by what the server says. */
public abstract class LifetimeTestSuite extends TransportTestSuite {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration LONGER_THAN_SHORT = Duration.ofMillis(60);

    @Safety
    @Test
    void execute_idleForLongerThanTheLimit_opensAnother() {
        try (TransportFixture fixture = start(SHORT, LONG)) {
            fixture.fetch(get("/"));
            letPass(LONGER_THAN_SHORT);
            fixture.fetch(get("/"));

            assertThat(fixture.server().accepted()).isEqualTo(2);
            fixture.assertClosed(1, CloseReason.IDLE);
        }
    }

    @Safety
    @Test
    void execute_olderThanTheLimit_opensAnother() {
        try (TransportFixture fixture = start(LONG, SHORT)) {
            fixture.fetch(get("/"));
            letPass(LONGER_THAN_SHORT);
            fixture.fetch(get("/"));

            assertThat(fixture.server().accepted()).isEqualTo(2);
            fixture.assertClosed(1, CloseReason.EXPIRED);
        }
    }

    @Safety
    @Test
    void read_tooOldAtTheEndOfTheBody_closesConnection() {
        try (TransportFixture fixture = start(LONG, Duration.ofNanos(1))) {
            assumeThat(fixture.transport().reportedEvents()).contains(ConnectionEvent.CLOSED);
            fixture.fetch(get("/"));

            fixture.assertClosed(1, CloseReason.EXPIRED);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Safety
    @Test
    void closeIdle_idleForLongerThanTheLimit_closesConnectionWhateverIsAsked() {
        try (TransportFixture fixture = start(SHORT, LONG)) {
            fixture.fetch(get("/"));
            letPass(LONGER_THAN_SHORT);

            fixture.transport().closeIdle(LONG);

            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            fixture.assertClosed(1, CloseReason.IDLE);
        }
    }

    @Safety
    @Test
    void closeIdle_olderThanTheLimit_closesConnectionWhateverIsAsked() {
        try (TransportFixture fixture = start(LONG, SHORT)) {
            fixture.fetch(get("/"));
            letPass(LONGER_THAN_SHORT);

            fixture.transport().closeIdle(LONG);

            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            fixture.assertClosed(1, CloseReason.EXPIRED);
        }
    }

    @Strict("a connection that the server keeps for a second at most is not kept")
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"timeout=1", "timeout=0, max=5", "max=5, TIMEOUT=1"})
    void read_serverKeepsItNoLongerThanARequestTakes_closesConnection(String keepAlive) {
        try (TransportFixture fixture = start(keeping(keepAlive))) {
            fixture.fetch(get("/"));

            assertThat(fixture.transport().idleConnections()).isIn(null, 0);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            fixture.assertClosed(1, CloseReason.EXPIRED);
        }
    }

    @Strict("an idle connection is closed before the end of the time that the server keeps it")
    @Test
    void closeIdle_serverKeepsItNoLonger_closesConnection() {
        try (TransportFixture fixture = start(keeping("timeout=2"))) {
            fixture.fetch(get("/"));
            fixture.transport().closeIdle(LONG);
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(1);

            Eventually.await("the connection is closed before the server does", () -> {
                fixture.transport().closeIdle(LONG);
                return fixture.server().open() == 0;
            });

            fixture.assertClosed(1, CloseReason.EXPIRED);
        }
    }

    @Safety
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"timeout=x", "timeout", "timeout=99999999999999999999", "nonsense", "timeout=-1"})
    void read_senselessKeepAlive_isIgnored(String keepAlive) {
        try (TransportFixture fixture = start(keeping(keepAlive))) {
            fixture.fetch(get("/"));
            assertThat(fixture.transport().idleConnections()).isIn(null, 1);
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
    }

    private TransportFixture start(Duration idle, Duration total) {
        TransportSettings patient = TransportFixture.PATIENT;
        TransportSettings settings = new TransportSettings(
                patient.connectTimeout(), patient.tlsTimeout(), new ConnectionLifetimes(idle, total), null);
        return start(settings, ConnectionScript.json("{}"));
    }

    private static ConnectionScript keeping(String keepAlive) {
        return ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 200 OK\r\nKeep-Alive: " + keepAlive + "\r\nContent-Length: 2\r\n\r\n{}"));
    }

    private static void letPass(Duration time) {
        long start = System.nanoTime();
        Eventually.await("time passes", () -> System.nanoTime() - start > time.toNanos());
    }
}
