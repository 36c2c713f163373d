package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.pool.PhaseTimeout;
import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.server.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The time limits of the pool work on the transport: it reports the phases of a call, and a cancelled call ends at once in each
 * phase, also with limits below a second.
 */
public abstract class TimeoutTestSuite extends TransportTestSuite {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final PhaseLimits LONG_LIMITS = new PhaseLimits(LONG, LONG, LONG);
    private static final int MORE_THAN_SOCKETS_BUFFER = 32 << 20;

    @Safety
    @Test
    void execute_serverThatNeverReads_timesOutWhileSending() {
        CountDownLatch over = new CountDownLatch(1);
        TransportRequest large = post("/", "x".repeat(MORE_THAN_SOCKETS_BUFFER));
        TransportException failure = failureOf(new PhaseLimits(SHORT, LONG, LONG), null, large, connection -> {
            try {
                over.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        over.countDown();

        assertThat(failure.failure())
                .as("the failure when the server does not read")
                .isEqualTo(TransportFailure.TIMEOUT);
        assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.SEND);
    }

    @Safety
    @Test
    void execute_silentServer_timesOutInTheHead() {
        TransportException failure = failureOf(LONG_LIMITS.withHead(SHORT), null, post("/", "{}"), connection -> {
            connection.readRequest();
            connection.awaitDisconnect();
        });

        assertThat(failure.failure())
                .as("the failure when the server does not answer")
                .isEqualTo(TransportFailure.TIMEOUT);
        assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.HEAD);
        assertThat(failure.progress().responseStarted()).as("whether a response started").isFalse();
    }

    @Safety
    @Test
    void read_serverStallsInTheBody_timesOutInTheBody() {
        TransportException failure =
                failureOf(new PhaseLimits(LONG, LONG, SHORT), null, get("/"), TimeoutTestSuite::stallInBody);

        assertThat(failure.failure()).as("the failure when the body stalls").isEqualTo(TransportFailure.TIMEOUT);
        assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.BODY);
    }

    @Safety
    @Test
    void read_callLongerThanItsDeadline_endsWhereverItIs() {
        Deadline deadline = Deadline.after(Duration.ofMillis(300), System::nanoTime);

        TransportException failure = failureOf(LONG_LIMITS, deadline, get("/"), TimeoutTestSuite::stallInBody);

        assertThat(failure.failure())
                .as("the failure at the deadline of the call")
                .isEqualTo(TransportFailure.DEADLINE);
    }

    @Safety
    @Test
    void execute_connectingThatNeverEnds_timesOut() {
        TransportSettings shortTimeouts = new TransportSettings(SHORT, LONG, ConnectionLifetimes.DEFAULT, null);
        CountingConnectionListener counts = new CountingConnectionListener();
        try (BlackHole hole = new BlackHole();
                HttpTransport transport =
                        transports().create(new Endpoint(false, "127.0.0.1", hole.port()), shortTimeouts, counts)) {
            long start = System.nanoTime();
            TransportException failure = TransportCalls.failureOf(() -> transport.newCall(get("/"), CallListener.none()).execute());

            assertThat(failure.failure())
                    .as("the failure when connecting does not end")
                    .isEqualTo(TransportFailure.TIMEOUT);
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.CONNECT);
            // The other limits are minutes, so that the failure itself shows which one was kept.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("time until the failure")
                    .isGreaterThan(SHORT.minusMillis(10));
            assertThat(counts.openedCount()).as("connections reported as opened: none was").isZero();
            assertThat(counts.closedCount()).as("connections reported as closed: none was opened").isZero();
        }
    }

    @Safety
    @Test
    void execute_handshakeThatNeverEnds_timesOut() {
        TransportSettings shortTimeouts = new TransportSettings(SHORT, SHORT, ConnectionLifetimes.DEFAULT, null);
        try (ScriptedServer server = ScriptedServer.start(ScriptedConnection::awaitDisconnect);
                TransportPoolManager manager = manager();
                TransportLease lease = manager.lease(
                        new Endpoint(true, "127.0.0.1", server.port()), shortTimeouts, PoolLimits.DEFAULT)) {
            TransportException failure = TransportCalls.failureOf(() -> lease.newCall(get("/"), lease.newTimeout(LONG_LIMITS, null)).execute());

            assertThat(failure.failure())
                    .as("the failure when the TLS handshake does not end")
                    .isEqualTo(TransportFailure.TIMEOUT);
            // A transport that cannot tell when TLS begins names the phase before it.
            assertThat(failure.progress().phase())
                    .as("the phase of the failure: CONNECT if the transport cannot tell when TLS begins")
                    .isIn(CallPhase.CONNECT, CallPhase.TLS);
            Eventually.await("the server sees it", () -> server.open() == 0);
        }
    }

    private static void stallInBody(ScriptedConnection connection) throws IOException {
        connection.readRequest();
        connection.sendChunkedHead("application/x-ndjson");
        connection.sendChunk("{}\n");
        connection.awaitDisconnect();
    }

    private TransportException failureOf(
            PhaseLimits limits, @Nullable Deadline deadline, TransportRequest request, ConnectionScript script) {
        try (ScriptedServer server = ScriptedServer.start(script);
                TransportPoolManager manager = manager();
                TransportLease lease = manager.lease(
                        new Endpoint(false, "127.0.0.1", server.port()),
                        TransportFixture.LONG_TIMEOUTS,
                        PoolLimits.DEFAULT)) {
            PhaseTimeout watch = lease.newTimeout(limits, deadline);
            TransportException failure = TransportCalls.failureOf(() -> {
                try (TransportResponse response = lease.newCall(request, watch).execute()) {
                    watch.start(); // the whole body is the part that this reader waits for
                    TransportFixture.readAll(response);
                }
            });
            assertThat(failure).as("the call fails").isNotNull();
            assertThat(manager.pools().getFirst().usage().leased()).as("connections in use").isZero();
            if (failure.progress().phase() != CallPhase.SEND) {
                Eventually.await("the server sees it", () -> server.open() == 0);
            }
            return failure;
        }
    }

    private TransportPoolManager manager() {
        return new TransportPoolManager(transports(), PoolListener.none(), System::nanoTime);
    }
}
