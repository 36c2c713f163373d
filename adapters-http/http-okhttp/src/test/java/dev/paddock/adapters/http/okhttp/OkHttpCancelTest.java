package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.failure;
import static dev.paddock.adapters.http.okhttp.Calls.get;
import static dev.paddock.adapters.http.okhttp.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.CloseReason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call can be ended in every phase and from any thread, and the server learns of it. */
class OkHttpCancelTest {

    private final RecordingListener listener = new RecordingListener();

    @Test
    void cancel_beforeExecute_sendsNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                HttpTransport transport = transport(server, listener)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            call.cancel();
            assertThat(failure(call::execute).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(server.accepted()).isZero();
            assertThat(listener.opened).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_whileConnecting_failsAtOnce(boolean virtual) throws Exception {
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = transport(hole.endpoint(), Calls.SETTINGS, listener)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            FutureTask<TransportException> waiting = started(virtual, call);
            hole.awaitAttempt();
            assertCancelledPromptly(call, waiting);
            assertThat(listener.opened).hasValue(0);
            assertThat(listener.closedInAll()).isZero();
        }
    }

    @Test
    void cancel_whileLookingUpTheName_failsAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        OkHttpTransportFactory factory = new OkHttpTransportFactory(Names.of(host -> {
            asked.countDown();
            answer.await(10, TimeUnit.SECONDS);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }));
        try (HttpTransport transport = factory.create(new Endpoint(false, "slow.test", 1), Calls.SETTINGS, listener)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            FutureTask<TransportException> waiting = started(true, call);
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            assertCancelledPromptly(call, waiting);
        } finally {
            answer.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_whileWaitingForHead_closesConnection(boolean virtual) throws Exception {
        BlockingQueue<String> events = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    events.add(peer.request());
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server, listener)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            FutureTask<TransportException> waiting = started(virtual, call);
            Calls.take(events);
            assertCancelledPromptly(call, waiting);
            assertThat(Calls.take(events)).isIn("end", "reset");
            assertNothingLeft(transport);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_whileReadingBody_closesConnection(boolean virtual) throws Exception {
        BlockingQueue<String> events = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server, listener)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            TransportResponse response = call.execute();
            assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            FutureTask<TransportException> waiting =
                    started(virtual, () -> failure(() -> response.read(new byte[10], 0, 10)));
            TransportException failure = assertCancelledPromptly(call, waiting);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.BODY);
            assertThat(failure.progress().responseStarted()).isTrue();
            assertThat(Calls.take(events)).isIn("end", "reset");
            assertNothingLeft(transport);
        }
    }

    @Test
    void cancel_whileSending_failsAtOnce() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        BlockingQueue<String> events = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(1000);
                    events.add("started");
                    try {
                        reading.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server, listener)) {
            TransportCall call = transport.newCall(Calls.post(new byte[50_000_000]), CallListener.none());
            FutureTask<TransportException> waiting = started(true, call);
            Calls.take(events);
            TransportException failure = assertCancelledPromptly(call, waiting);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.SEND);
            assertThat(failure.progress().bytesWritten()).isLessThan(50_000_000);
            reading.countDown();
            assertThat(Calls.take(events)).isIn("end", "reset");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interrupt_whileWaitingForHead_cancelsTheCall(boolean virtual) throws Exception {
        BlockingQueue<String> events = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    events.add(peer.request());
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server, listener)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            FutureTask<TransportException> waiting = new FutureTask<>(() -> failure(call::execute));
            Thread thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(waiting);
            Calls.take(events);
            thread.interrupt();
            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(Calls.take(events)).isIn("end", "reset");
            assertNothingLeft(transport);
        }
    }

    @Test
    void read_bufferedBytesAfterCancel_areNotDelivered() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd");
                HttpTransport transport = transport(server, listener)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            TransportResponse response = call.execute();
            call.cancel();
            assertThat(failure(() -> response.read(new byte[2], 0, 2)).failure())
                    .isEqualTo(TransportFailure.CANCELLED);
            assertThat(failure(() -> response.read(new byte[2], 0, 2)).failure())
                    .isEqualTo(TransportFailure.CANCELLED);
        }
    }

    @Test
    void cancel_afterTheEnd_leavesTheConnectionAlone() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = transport(server, listener)) {
            TransportCall ended = transport.newCall(get(), CallListener.none());
            TransportResponse endedResponse = ended.execute();
            Calls.text(endedResponse);
            TransportResponse next = transport.newCall(get(), CallListener.none()).execute();
            ended.cancel();
            endedResponse.close();
            assertThat(Calls.text(next)).isEqualTo("hi");
            assertThat(endedResponse.read(new byte[1], 0, 1)).isEqualTo(-1);
            assertThat(listener.closedInAll()).isZero();
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void close_ofTransportWithCallsUnderWay_failsThemAsClosed() throws Exception {
        BlockingQueue<String> events = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            events.add(peer.request());
            events.add(peer.awaitEnd());
        })) {
            HttpTransport transport = transport(server, listener);
            FutureTask<TransportException> waiting = started(true, transport.newCall(get(), CallListener.none()));
            Calls.take(events);
            transport.close();
            transport.close();
            assertThat(waiting.get(5, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CLOSED);
            assertThat(Calls.take(events)).isIn("end", "reset");
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.SHUTDOWN, 1));
            assertThat(failure(() -> transport.newCall(get(), CallListener.none())).failure()).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    void close_ofTransportWhileConnecting_failsTheCallAsClosed() throws Exception {
        try (BlackHole hole = new BlackHole()) {
            HttpTransport transport = transport(hole.endpoint(), Calls.SETTINGS, listener);
            FutureTask<TransportException> waiting = started(true, transport.newCall(get(), CallListener.none()));
            hole.awaitAttempt();
            transport.close();
            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CLOSED);
            assertThat(listener.opened).hasValue(0);
            assertThat(listener.closedInAll()).isZero();
        }
    }

    private static FutureTask<TransportException> started(boolean virtual, TransportCall call) {
        return started(virtual, () -> failure(call::execute));
    }

    private static FutureTask<TransportException> started(
            boolean virtual, java.util.concurrent.Callable<TransportException> code) {
        FutureTask<TransportException> task = new FutureTask<>(code);
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(task);
        return task;
    }

    /** The bound is generous for a busy machine; the time-outs that would otherwise end the wait are 5 s. */
    private static TransportException assertCancelledPromptly(
            TransportCall call, FutureTask<TransportException> waiting) throws Exception {
        call.cancel();
        TransportException failure = waiting.get(Duration.ofSeconds(4).toMillis(), TimeUnit.MILLISECONDS);
        assertThat(failure.failure()).isEqualTo(TransportFailure.CANCELLED);
        return failure;
    }

    private void assertNothingLeft(HttpTransport transport) {
        assertThat(transport.idleConnections()).isZero();
        assertThat(listener.opened).hasValue(1);
        assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
    }
}
