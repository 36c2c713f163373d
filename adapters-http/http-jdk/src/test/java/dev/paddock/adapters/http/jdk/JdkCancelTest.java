package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Transports.transport;
import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.failing;
import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.transport.CallStartedLatch;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call can be ended in every phase and from any thread, and the server learns of it. */
class JdkCancelTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd";

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private final ConnectionScript silent = connection -> {
        connection.readRequest();
        events.add("asked");
        connection.awaitDisconnect();
        events.add("end");
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_whileConnecting_failsAtOnce(boolean virtual) throws Exception {
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = transport(hole.endpoint(), TransportSettings.DEFAULT)) {
            CallStartedLatch began = new CallStartedLatch();
            TransportCall call = transport.newCall(get("/"), began);
            FutureTask<TransportException> waiting = failing(virtual, call::execute);
            began.await();

            call.cancel();

            TransportException failure = promptly(waiting);
            assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
        }
    }

    @Test
    void cancel_whileSending_failsAtOnceAndTheServerSeesIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.skip(1000);
                    events.add("started");
                    Eventually.open(over);
                    connection.awaitDisconnect();
                    events.add("end");
                });
                HttpTransport transport = transport(server)) {
            TransportCall call = call(transport, post(new byte[50_000_000]));
            FutureTask<TransportException> waiting = failing(true, call::execute);
            Eventually.next(events);

            call.cancel();

            TransportException failure = promptly(waiting);
            assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.SEND);
            assertThat(failure.progress().bytesWritten()).isPositive().isLessThan(50_000_000);
            over.countDown();
            assertThat(Eventually.next(events)).isEqualTo("end");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interrupt_whileWaitingForTheHead_cancelsTheCall(boolean virtual) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(silent);
                HttpTransport transport = transport(server)) {
            FutureTask<Boolean> flag = new FutureTask<>(() -> {
                TransportException failure = failureOf(call(transport, get("/"))::execute);
                assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
                return Thread.currentThread().isInterrupted();
            });
            Thread thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(flag);
            Eventually.next(events);

            thread.interrupt();

            assertThat(flag.get(4, TimeUnit.SECONDS)).as("still interrupted").isTrue();
            assertThat(Eventually.next(events)).isEqualTo("end");
        }
    }

    @Test
    void interrupt_whileReading_cancelsTheCall() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
                    connection.awaitDisconnect();
                    events.add("end");
                });
                HttpTransport transport = transport(server)) {
            TransportResponse response = call(transport, get("/")).execute();
            assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            FutureTask<TransportException> waiting =
                    new FutureTask<>(() -> failureOf(() -> response.read(new byte[10], 0, 10)));

            Thread.ofVirtual().start(waiting).interrupt();

            assertThat(promptly(waiting).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(Eventually.next(events)).isEqualTo("end");
        }
    }

    @Test
    void read_bytesThatArrivedBeforeTheCancellation_areNotDelivered() {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = transport(server)) {
            TransportCall call = call(transport, get("/"));
            TransportResponse response = call.execute();
            assertThat(response.read(new byte[1], 0, 1)).isEqualTo(1);

            call.cancel();

            TransportException failure = failureOf(() -> response.read(new byte[2], 0, 2));
            assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(failureOf(() -> response.read(new byte[2], 0, 2))).isSameAs(failure);
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
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send(OK);
                    if (connection.awaitRequest()) {
                        connection.readRequest();
                        events.add("again");
                        Eventually.open(cancelled);
                        connection.send(OK);
                    }
                });
                HttpTransport transport = transport(server)) {
            TransportCall unread = call(transport, get("/"));
            TransportResponse response = unread.execute();
            assertThat(response.read(new byte[4], 0, 4)).isEqualTo(4);
            FutureTask<String> next = new FutureTask<>(() -> {
                String body = fetch(transport);
                events.add("done");
                return body;
            });
            Thread.ofVirtual().start(next);
            boolean again = Eventually.next(events).equals("again");

            unread.cancel();
            response.close();
            cancelled.countDown();

            assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("abcd");
            events.clear();
            return again;
        }
    }

    @Test
    void close_responseThatHasArrived_keepsTheConnection() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    ConnectionScript.sending(OK).play(connection);
                    events.add("end");
                });
                HttpTransport transport = transport(server)) {
            for (int call = 0; call < 10; call++) {
                TransportResponse response = call(transport, get("/")).execute();
                assertThat(response.read(new byte[4], 0, 4)).isEqualTo(4);
                response.close();
            }
            assertThat(events).isEmpty();
        }
    }

    @Test
    void close_ofTransportWithCallsInEveryPhase_failsThemAsClosed() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(silent)) {
            HttpTransport transport = transport(server);
            FutureTask<TransportException> waiting = failing(true, call(transport, get("/"))::execute);
            Eventually.next(events);

            transport.close();
            transport.close();

            assertThat(promptly(waiting).failure()).isEqualTo(TransportFailure.CLOSED);
            assertThat(Eventually.next(events)).isEqualTo("end");
            assertThat(failureOf(() -> call(transport, get("/"))).failure()).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    void close_ofTransportWhileConnecting_failsTheCallAsClosed() throws Exception {
        try (BlackHole hole = new BlackHole()) {
            HttpTransport transport = transport(hole.endpoint(), TransportSettings.DEFAULT);
            CallStartedLatch began = new CallStartedLatch();
            FutureTask<TransportException> waiting = failing(true, transport.newCall(get("/"), began)::execute);
            began.await();

            transport.close();

            assertThat(promptly(waiting).failure()).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    void close_ofTransport_leavesNoThreadBehind() throws Exception {
        Set<Thread> before = clientThreads();
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK))) {
            HttpTransport transport = transport(server);
            fetch(transport, get("/").withoutConnectionReuse());
            TransportResponse open = call(transport, get("/")).execute();
            Set<Thread> own = clientThreads();
            own.removeAll(before);
            assertThat(own).isNotEmpty();

            transport.close();

            for (Thread thread : own) {
                assertThat(thread.join(Duration.ofSeconds(10))).as(thread.getName() + " ends").isTrue();
            }
            assertThat(failureOf(() -> readAll(open)).failure()).isEqualTo(TransportFailure.CLOSED);
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
}
