package dev.paddock.adapters.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
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

    private final RecordingListener listener = new RecordingListener();
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    void cancel_atAnyMoment_harmsNoOtherCall() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            while (!peer.request().isEmpty()) {
                peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\nb\r\n");
                peer.send("2\r\ncd\r\n0\r\n\r\n");
            }
        })) {
            try (HttpTransport transport = Calls.transport(server, listener)) {
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
                Calls.await(() -> transport.idleConnections() == listener.opened.get() - listener.closedInAll());
            }
            assertThat(listener.closedInAll()).isEqualTo(listener.opened.get());
            assertThat(listener.leasedNew.get()).isEqualTo(listener.opened.get());
        }
    }

    private void work(HttpTransport transport) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int number = 0; number < CALLS; number++) {
            TransportCall call = transport.newCall(Calls.post("body"), CallListener.none());
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
            assertThat(Calls.text(response)).isEqualTo("a\nbcd");
            complete.incrementAndGet();
        } catch (TransportException failure) {
            assertThat(failure).matches(ended -> cancelling && ended.failure() == TransportFailure.CANCELLED);
            cancelled.incrementAndGet();
        }
    }
}
