package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The idle timeout and the maximum lifetime of the settings limit each connection, and so does the server's {@code Keep-Alive}. All
 * waits are lower bounds: on a slow machine connections get older, never younger.
 */
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

            assertReplaced(fixture, CloseReason.IDLE);
        }
    }

    @Safety
    @Test
    void execute_olderThanTheLimit_opensAnother() {
        try (TransportFixture fixture = start(LONG, SHORT)) {
            fixture.fetch(get("/"));
            letPass(LONGER_THAN_SHORT);
            fixture.fetch(get("/"));

            assertReplaced(fixture, CloseReason.EXPIRED);
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

            assertThat(fixture.transport().idleConnections())
                    .as("idle connections, if the transport knows them: the server closes this one soon")
                    .isIn(null, 0);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            fixture.assertClosed(1, CloseReason.EXPIRED);
        }
    }

    @Strict("an idle connection is closed before the end of the time that the server keeps it")
    @Test
    void closeIdle_serverKeepsItNoLonger_closesConnection() {
        try (TransportFixture fixture = start(keeping("timeout=2"))) {
            fixture.fetch(get("/"));

            Eventually.await("the connection is closed before the server does", () -> {
                fixture.transport().closeIdle(LONG);
                return fixture.server().open() == 0;
            });

            fixture.assertClosed(1, CloseReason.EXPIRED);
        }
    }

    @Safety
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"timeout=600", "timeout=x", "timeout", "timeout=99999999999999999999", "nonsense", "timeout=-1"})
    void closeIdle_serverKeepsItForLongOrSaysNonsense_keepsConnection(String keepAlive) {
        try (TransportFixture fixture = start(keeping(keepAlive))) {
            fixture.fetch(get("/"));
            assertThat(fixture.transport().idleConnections())
                    .as("idle connections, if the transport knows them: a field without sense must not end them")
                    .isIn(null, 1);
            fixture.transport().closeIdle(LONG);
            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).as("connections: the first is reused").isEqualTo(1);
        }
    }

    /** Requires that the connection of the first call was not reused. That of the second may have reached its limit, too. */
    private static void assertReplaced(TransportFixture fixture, CloseReason reason) {
        assertThat(fixture.server().accepted())
                .as("connections: the first had reached its limit before the second call")
                .isEqualTo(2);
        if (fixture.transport().reportedEvents().contains(ConnectionEvent.CLOSED)) {
            assertThat(fixture.connectionCounts().closedCounts())
                    .as("closed connections, by reason")
                    .containsOnlyKeys(reason);
        }
    }

    private TransportFixture start(Duration idle, Duration total) {
        TransportSettings settings =
                new TransportSettings(LONG, LONG, new ConnectionLifetimes(idle, total), null);
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
