package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Closing a transport ends its calls, its connections and its threads. */
public abstract class LifecycleTestSuite extends TransportTestSuite {

    private static final int TRANSPORTS = 20;
    private static final int SHARED_THREADS = 4;
    private static final int MOMENTS = 200;
    private static final long STEP_NANOS = 2_000;

    @Safety
    @Test
    void close_callWaitingForItsHead_endsIt() {
        ConnectionScript silent = ConnectionScript.forEachRequest(ScriptedConnection::awaitDisconnect);
        try (TransportFixture fixture = start(silent)) {
            Future<TransportFailure> waiting = Parallel.start(() -> failureOf(() -> fixture.fetch(get("/")))
                    .failure());
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 1);

            fixture.transport().close();

            assertThat(Parallel.resultOf(waiting))
                    .as("the failure of a call whose transport was closed")
                    .isEqualTo(TransportFailure.CLOSED);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            fixture.assertClosed(1, CloseReason.SHUTDOWN);
        }
    }

    @Safety
    @Test
    void close_callConnecting_endsIt() {
        CountingConnectionListener counts = new CountingConnectionListener();
        try (BlackHole hole = new BlackHole()) {
            HttpTransport transport =
                    transports().create(new Endpoint(false, "127.0.0.1", hole.port()), TransportFixture.LONG_TIMEOUTS, counts);
            CountDownLatch connecting = new CountDownLatch(1);
            TransportCall call = transport.newCall(get("/"), new CallListener() {
                @Override
                public void phaseStarted(CallPhase phase) {
                    connecting.countDown();
                }

                @Override
                public void bodyPieceSent() {}
            });
            Future<TransportFailure> waiting = Parallel.start(
                    () -> failureOf(call::execute).failure());
            Eventually.await("it connects", () -> connecting.getCount() == 0);

            transport.close();

            assertThat(Parallel.resultOf(waiting))
                    .as("the failure of a call whose transport was closed while connecting")
                    .isEqualTo(TransportFailure.CLOSED);
            assertThat(counts.openedCount()).as("connections reported as opened: none was").isZero();
            assertThat(counts.closedCount()).as("connections reported as closed: none was opened").isZero();
        }
    }

    @Safety
    @Test
    void close_atAnyMomentOfOpening_endsTheCall() throws InterruptedException {
        ConnectionScript silent = ConnectionScript.forEachRequest(ScriptedConnection::awaitDisconnect);
        for (int moment = 0; moment < MOMENTS; moment++) {
            try (TransportFixture fixture = start(silent)) {
                CountDownLatch begun = new CountDownLatch(1);
                Future<TransportFailure> waiting = Parallel.start(() -> failureOf(() -> {
                            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
                            begun.countDown();
                            call.execute().close();
                        })
                        .failure());
                begun.await();
                LockSupport.parkNanos(moment * STEP_NANOS);

                fixture.transport().close();

                assertThat(Parallel.resultOf(waiting))
                        .as("the failure of a call whose transport was closed in step %s of its opening", moment)
                        .isEqualTo(TransportFailure.CLOSED);
            }
        }
    }

    @Safety
    @Test
    void execute_twice_isRefused() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            call.execute().close();
            assertThatIllegalStateException().isThrownBy(call::execute);
        }
    }

    @Safety
    @Test
    void newCall_closedTransport_isRefused() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            fixture.fetch(get("/"));
            fixture.transport().close();
            fixture.transport().close();

            TransportException refused = failureOf(() -> fixture.transport().newCall(get("/"), CallListener.none()));
            assertThat(refused.failure())
                    .as("the failure of a new call of a closed transport")
                    .isEqualTo(TransportFailure.CLOSED);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            assertThat(fixture.server().requests())
                    .as("requests that the server received: none after the close")
                    .hasSize(1);
        }
    }

    @Safety
    @Test
    void close_manyTransportsInTurn_leavesNoThreadsBehind() {
        useOnce();
        Set<Thread> before = liveThreads();
        for (int transport = 0; transport < TRANSPORTS; transport++) {
            useOnce();
        }
        // A library may keep a few threads for all its clients; it may not keep some for each.
        Eventually.await(
                () -> "threads end: " + left(before),
                () -> left(before).size() <= SHARED_THREADS
                        && left(before).stream().allMatch(Thread::isDaemon));
    }

    private void useOnce() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            fixture.fetch(get("/"));
        }
    }

    private static Set<Thread> left(Set<Thread> before) {
        return liveThreads().stream().filter(thread -> !before.contains(thread)).collect(Collectors.toSet());
    }

    /** Returns the platform threads, except the carriers of virtual threads. */
    private static Set<Thread> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool-1-"))
                .collect(Collectors.toSet());
    }
}
