package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The limits of the pool hold on the transport, and the counts of the pool agree with those of the server. */
public abstract class PoolTestSuite extends TransportTestSuite {

    private static final int MANY = 200;

    @Safety
    @Test
    void execute_twoHundredStreams_areOpenAtOnce() {
        CountDownLatch allArrived = new CountDownLatch(MANY);
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            allArrived.countDown();
            await(allArrived);
            connection.sendChunk("{}\n");
            connection.sendLastChunk();
        };
        try (Pool pool = new Pool(script, PoolLimits.DEFAULT.withConnectionsPerHost(MANY))) {
            List<String> bodies = Parallel.run(MANY, number -> pool.fetch());

            assertThat(bodies).as("bodies of calls at the same time").hasSize(MANY).containsOnly("{}\n");
            assertThat(pool.server.accepted()).as("connections: one for each call at the same time").isEqualTo(MANY);
        }
    }

    @Safety
    @Test
    void execute_poolIsFull_failsAtOnceIfItIsToFail() {
        try (Pool pool = new Pool(endless(), limits(2, WhenFull.FAIL))) {
            List<TransportResponse> open = List.of(pool.open(), pool.open());

            assertThat(pool.failure().failure())
                    .as("the failure of a call beyond the limit")
                    .isEqualTo(TransportFailure.POOL_FULL);
            assertThat(pool.server.accepted()).as("connections: as many as the limit allows").isEqualTo(2);
            assertThat(pool.observe().totals().exhausted()).as("calls counted as refused").isEqualTo(1);
            open.forEach(TransportResponse::close);
        }
    }

    @Safety
    @Test
    void execute_poolIsFull_waitsForItsTurnIfItIsToWait() {
        try (Pool pool = new Pool(endless(), limits(1, WhenFull.WAIT))) {
            TransportResponse open = pool.open();
            Future<Integer> waiting = Parallel.start(() -> {
                try (TransportResponse next = pool.open()) {
                    return next.status();
                }
            });
            Eventually.await("a call waits", () -> pool.observe().usage().pending() == 1);
            assertThat(pool.server.requests())
                    .as("requests that the server received: the waiting call has sent nothing")
                    .hasSize(1);

            open.close();

            assertThat(Parallel.resultOf(waiting)).as("the status of the call that had waited").isEqualTo(200);
        }
    }

    @Safety
    @Test
    void execute_poolIsFullForTooLong_failsWithTheReason() {
        PoolLimits limits = new PoolLimits(1, 1, WhenFull.WAIT, Duration.ofMillis(50));
        try (Pool pool = new Pool(endless(), limits)) {
            TransportResponse open = pool.open();

            assertThat(pool.failure().failure())
                    .as("the failure of a call that waited for too long")
                    .isEqualTo(TransportFailure.LEASE_TIMEOUT);
            assertThat(pool.observe().usage().pending()).as("calls counted as waiting").isZero();
            open.close();
        }
    }

    @Safety
    @Test
    void execute_poolIsFull_overflowsIfItIsToAndKeepsNoneOfThat() {
        CountDownLatch allArrived = new CountDownLatch(5);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            allArrived.countDown();
            await(allArrived);
            connection.sendResponse("200 OK", "application/json", "{}");
        });
        try (Pool pool = new Pool(script, limits(2, WhenFull.OVERFLOW))) {
            Parallel.run(5, number -> pool.fetch());

            assertThat(pool.server.accepted()).as("connections: two within the limit and three beyond it").isEqualTo(5);
            Eventually.await("only those within the limit stay open", () -> pool.server.open() == 2);
            assertThat(pool.observe().usage().leased()).as("calls counted as active").isZero();
        }
    }

    @Safety
    @Test
    void observe_callsThatEndInEveryWay_addUp() {
        AtomicInteger requests = new AtomicInteger();
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            switch (requests.getAndIncrement() % 5) {
                case 0 -> connection.reset();
                case 1 -> {
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}");
                    connection.shutdownOutput();
                }
                case 2 -> connection.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}");
                default -> connection.sendResponse("200 OK", "application/json", "{}");
            }
        });
        try (Pool pool = new Pool(script, limits(8, WhenFull.WAIT))) {
            Parallel.run(MANY, number -> pool.outcome(number % 10 == 9));

            EndpointPool.Totals totals = pool.observe().totals();
            Long created = totals.created();
            Long reused = totals.reused();
            if (created != null) {
                assertThat(created).as("created").isEqualTo(pool.server.accepted());
            }
            if (created != null && reused != null) {
                assertThat(totals.leases()).as("leases").isEqualTo(created + reused);
            }
            assertThat(pool.observe().usage().leased()).as("leased at rest").isZero();
            assertThat(pool.observe().usage().pending()).as("pending at rest").isZero();
            Eventually.await("what is open is idle", () -> {
                Integer idle = pool.observe().usage().idle();
                return idle == null ? pool.server.open() <= 8 : idle == pool.server.open();
            });
        }
    }

    @Safety
    @Test
    void close_leaseWithCallsUnderWay_endsThemAndOnlyThem() {
        try (Pool pool = new Pool(endless(), PoolLimits.DEFAULT)) {
            TransportLease other = pool.anotherLease();
            TransportResponse staying = other.newCall(get("/")).execute();
            Future<TransportFailure> reading = Parallel.start(() -> failureOf(() -> TransportFixture.readAll(pool.open()))
                    .failure());
            Eventually.await("both are answered", () -> pool.server.requests().size() == 2);

            pool.lease.close();

            assertThat(Parallel.resultOf(reading))
                    .as("the failure of a call whose lease was closed")
                    .isEqualTo(TransportFailure.CLOSED);
            assertThat(staying.read(new byte[8], 0, 8))
                    .as("bytes of a call of another lease, which goes on")
                    .isPositive();
            Eventually.await("the server sees it", () -> pool.server.open() == 1);
            assertThat(failureOf(() -> pool.lease.newCall(get("/")))
                            .failure())
                    .isEqualTo(TransportFailure.CLOSED);
            other.close();
        }
    }

    private static PoolLimits limits(int connections, WhenFull whenFull) {
        return new PoolLimits(2, connections, whenFull, Duration.ofMinutes(5));
    }

    private static ConnectionScript endless() {
        return ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{\"response\":\"word\",\"done\":false}\n");
            connection.awaitDisconnect();
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A pool over the transport under test, with one server. */
    private final class Pool implements AutoCloseable {

        private final ScriptedServer server;
        private final TransportPoolManager manager;
        private final PoolLimits limits;
        private final TransportLease lease;

        private Pool(ConnectionScript script, PoolLimits limits) {
            this.server = ScriptedServer.start(script);
            this.manager = new TransportPoolManager(transports(), PoolListener.none(), System::nanoTime);
            this.limits = limits;
            this.lease = anotherLease();
        }

        private TransportLease anotherLease() {
            return manager.lease(new Endpoint(false, "127.0.0.1", server.port()), TransportFixture.LONG_TIMEOUTS, limits);
        }

        private EndpointPool observe() {
            return manager.pools().getFirst();
        }

        private TransportResponse open() {
            return lease.newCall(get("/")).execute();
        }

        private String fetch() {
            try (TransportResponse response = lease.newCall(post("/", "{}")).execute()) {
                return TransportFixture.readAll(response);
            }
        }

        private TransportException failure() {
            return failureOf(this::open);
        }

        /** Makes a call that may fail, and that may be cancelled as soon as its head has arrived. */
        private List<String> outcome(boolean cancelled) {
            List<String> outcome = new ArrayList<>();
            TransportCall call = lease.newCall(post("/", "{}"));
            try (TransportResponse response = call.execute()) {
                if (cancelled) {
                    call.cancel();
                }
                outcome.add(TransportFixture.readAll(response));
            } catch (TransportException failure) {
                outcome.add(failure.failure().name());
            }
            return outcome;
        }

        @Override
        public void close() {
            lease.close();
            manager.close();
            server.close();
        }
    }
}
