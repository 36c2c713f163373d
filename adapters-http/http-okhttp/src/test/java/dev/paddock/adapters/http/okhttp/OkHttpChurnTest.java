package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Transports.transport;
import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.transport.CountingConnectionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Cancellations at every moment, and tidying up meanwhile, harm no other call and leave the counts right. */
class OkHttpChurnTest {

    private static final int WORKERS = 16;
    private static final int CALLS = 150;
    private static final byte[] BODY = {'b', 'o', 'd', 'y'};

    private final CountingConnectionListener ledger = new CountingConnectionListener();
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    void cancel_atAnyMoment_harmsNoOtherCall() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.forEachRequest(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\nb\r\n");
            connection.send("2\r\ncd\r\n0\r\n\r\n");
        }))) {
            try (HttpTransport transport = transport(server, ledger)) {
                List<FutureTask<Void>> workers = new ArrayList<>();
                for (int worker = 0; worker < WORKERS; worker++) {
                    workers.add(new FutureTask<>(() -> work(transport), null));
                }
                workers.forEach(worker -> Thread.ofVirtual().start(worker));
                for (FutureTask<Void> worker : workers) {
                    worker.get(60, TimeUnit.SECONDS);
                }
                assertThat(complete.get() + cancelled.get()).isEqualTo(WORKERS * CALLS);
                assertThat(complete).hasPositiveValue();
                assertThat(cancelled).hasPositiveValue();
                Eventually.await(
                        "all open connections are idle",
                        () -> transport.idleConnections() == ledger.openedCount() - ledger.closedCount());
            }
            assertThat(ledger.closedCount()).isEqualTo(ledger.openedCount());
            assertThat(ledger.leasedNewCount()).isEqualTo(ledger.openedCount());
        }
    }

    private void work(HttpTransport transport) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int number = 0; number < CALLS; number++) {
            TransportCall call = call(transport, post(BODY));
            boolean cancelling = random.nextInt(3) == 0;
            if (cancelling) {
                long delay = random.nextLong(2_000_000);
                Thread.ofVirtual().start(() -> {
                    long until = System.nanoTime() + delay;
                    while (System.nanoTime() < until) {
                        Thread.yield();
                    }
                    call.cancel();
                });
            }
            if (random.nextInt(20) == 0) {
                transport.closeIdle(Duration.ZERO);
            }
            run(call, cancelling);
        }
    }

    private void run(TransportCall call, boolean cancelling) {
        try (TransportResponse response = call.execute()) {
            assertThat(readAll(response)).isEqualTo("a\nbcd");
            complete.incrementAndGet();
        } catch (TransportException failure) {
            assertThat(failure).matches(ended -> cancelling && ended.failure() == TransportFailure.CANCELLED);
            cancelled.incrementAndGet();
        }
    }
}
