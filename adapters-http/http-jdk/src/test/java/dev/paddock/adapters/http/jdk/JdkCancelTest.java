package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Calls.call;
import static dev.paddock.adapters.http.jdk.Calls.failing;
import static dev.paddock.adapters.http.jdk.Calls.failure;
import static dev.paddock.adapters.http.jdk.Calls.fetch;
import static dev.paddock.adapters.http.jdk.Calls.get;
import static dev.paddock.adapters.http.jdk.Calls.post;
import static dev.paddock.adapters.http.jdk.Calls.take;
import static dev.paddock.adapters.http.jdk.Calls.text;
import static dev.paddock.adapters.http.jdk.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call can be ended in every phase and from any thread, and the server learns of it. */
class JdkCancelTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd";

    private final BlockingQueue<String> events = Calls.queue();

    private final Consumer<Peer> silent = peer -> {
        events.add(peer.request());
        events.add(peer.awaitEnd());
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_whileConnecting_failsAtOnce(boolean virtual) throws Exception {
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = transport(hole.endpoint(), Calls.SETTINGS)) {
            TransportCall call = call(transport, get());
            FutureTask<TransportException> waiting = failing(virtual, call::execute);
            hole.awaitAttempt();

            call.cancel();

            TransportException failure = promptly(waiting);
            assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
        }
    }

    @Test
    void cancel_whileSending_failsAtOnceAndTheServerSeesIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(1000);
                    events.add("started");
                    await(over);
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server)) {
            TransportCall call = call(transport, post(new byte[50_000_000]));
            FutureTask<TransportException> waiting = failing(true, call::execute);
            take(events);

            call.cancel();

            TransportException failure = promptly(waiting);
            assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.SEND);
            assertThat(failure.progress().bytesWritten()).isPositive().isLessThan(50_000_000);
            over.countDown();
            assertThat(take(events)).isIn("end", "reset");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interrupt_whileWaitingForTheHead_cancelsTheCall(boolean virtual) throws Exception {
        try (ScriptedServer server = new ScriptedServer(silent);
                HttpTransport transport = transport(server)) {
            FutureTask<Boolean> flag = new FutureTask<>(() -> {
                TransportException failure = failure(call(transport, get())::execute);
                assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
                return Thread.currentThread().isInterrupted();
            });
            Thread thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(flag);
            take(events);

            thread.interrupt();

            assertThat(flag.get(4, TimeUnit.SECONDS)).as("still interrupted").isTrue();
            assertThat(take(events)).isIn("end", "reset");
        }
    }

    @Test
    void interrupt_whileReading_cancelsTheCall() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server)) {
            TransportResponse response = call(transport, get()).execute();
            assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            FutureTask<TransportException> waiting =
                    new FutureTask<>(() -> failure(() -> response.read(new byte[10], 0, 10)));

            Thread.ofVirtual().start(waiting).interrupt();

            assertThat(promptly(waiting).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(take(events)).isIn("end", "reset");
        }
    }

    @Test
    void read_bytesThatArrivedBeforeTheCancellation_areNotDelivered() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(OK);
                HttpTransport transport = transport(server)) {
            TransportCall call = call(transport, get());
            TransportResponse response = call.execute();
            assertThat(response.read(new byte[1], 0, 1)).isEqualTo(1);

            call.cancel();

            TransportException failure = failure(() -> response.read(new byte[2], 0, 2));
            assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(failure(() -> response.read(new byte[2], 0, 2))).isSameAs(failure);
        }
    }

    @Test
    void cancel_responseWhoseConnectionServesAnother_leavesThatAlone() throws Exception {
        // The client has its connection back soon after the last byte has arrived, and does not tell when.
        for (int attempt = 0; attempt < 100; attempt++) {
            if (cancelsWhatIsUsedByAnother()) {
                return;
            }
        }
        throw new AssertionError("no connection was used again");
    }

    /** Returns false when the second call found no connection to use again. */
    private boolean cancelsWhatIsUsedByAnother() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send(OK);
                    if (!peer.request().isEmpty()) {
                        events.add("again");
                        await(cancelled);
                        peer.send(OK);
                    }
                });
                HttpTransport transport = transport(server)) {
            TransportCall unread = call(transport, get());
            TransportResponse response = unread.execute();
            assertThat(response.read(new byte[4], 0, 4)).isEqualTo(4);
            FutureTask<String> next = new FutureTask<>(() -> {
                String body = fetch(transport);
                events.add("done");
                return body;
            });
            Thread.ofVirtual().start(next);
            boolean again = take(events).equals("again");

            unread.cancel();
            response.close();
            cancelled.countDown();

            assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("abcd");
            events.clear();
            return again;
        }
    }

    @Test
    void close_responseThatHasArrived_keepsTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    while (!peer.request().isEmpty()) {
                        peer.send(OK);
                    }
                    events.add("end");
                });
                HttpTransport transport = transport(server)) {
            for (int call = 0; call < 10; call++) {
                TransportResponse response = call(transport, get()).execute();
                assertThat(response.read(new byte[4], 0, 4)).isEqualTo(4);
                response.close();
            }
            assertThat(events).isEmpty();
        }
    }

    @Test
    void close_ofTransportWithCallsInEveryPhase_failsThemAsClosed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(silent)) {
            HttpTransport transport = transport(server);
            FutureTask<TransportException> waiting = failing(true, call(transport, get())::execute);
            take(events);

            transport.close();
            transport.close();

            assertThat(promptly(waiting).failure()).isEqualTo(TransportFailure.CLOSED);
            assertThat(take(events)).isIn("end", "reset");
            assertThat(failure(() -> call(transport, get())).failure()).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    void close_ofTransportWhileConnecting_failsTheCallAsClosed() throws Exception {
        try (BlackHole hole = new BlackHole()) {
            HttpTransport transport = transport(hole.endpoint(), Calls.SETTINGS);
            FutureTask<TransportException> waiting = failing(true, call(transport, get())::execute);
            hole.awaitAttempt();

            transport.close();

            assertThat(promptly(waiting).failure()).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    void close_ofTransport_leavesNoThreadBehind() throws Exception {
        Set<Thread> before = clientThreads();
        try (ScriptedServer server = ScriptedServer.answering(OK)) {
            HttpTransport transport = transport(server);
            fetch(transport, get().closingConnection());
            TransportResponse open = call(transport, get()).execute();
            Set<Thread> own = clientThreads();
            own.removeAll(before);
            assertThat(own).isNotEmpty();

            transport.close();

            for (Thread thread : own) {
                assertThat(thread.join(Duration.ofSeconds(10))).as(thread.getName() + " ends").isTrue();
            }
            assertThat(failure(() -> text(open)).failure()).isEqualTo(TransportFailure.CLOSED);
        }
    }

    private static Set<Thread> clientThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("HttpClient-"));
        return threads;
    }

    /** The bound is generous for a busy machine; the time-outs that would otherwise end the wait are 5 s. */
    private static TransportException promptly(FutureTask<TransportException> waiting) throws Exception {
        return waiting.get(4, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
