package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.failing;
import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.server.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelling ends a call in each phase, and closes its connection. */
public abstract class CancellationTestSuite extends TransportTestSuite {

    private static final int MORE_THAN_SOCKETS_BUFFER = 32 << 20;

    private static final ConnectionScript SILENT = connection -> {
        connection.readRequest();
        connection.awaitDisconnect();
    };

    private static final ConnectionScript ENDLESS =
            ConnectionScript.forEachRequest(CancellationTestSuite::streamForEver);

    @Safety
    @Test
    void cancel_beforeExecute_failsTheCallAndSendsNothing() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            call.cancel();

            assertThat(failureOf(() -> call.execute().close()).failure())
                    .as("the failure of a call that was cancelled before it started")
                    .isEqualTo(TransportFailure.CANCELLED);
            assertThat(fixture.server().accepted()).as("connections: a cancelled call must not open any").isZero();
            fixture.assertNoneOpened();
        }
    }

    /** The whole body has arrived with its first byte, which is all that was read. */
    @Safety
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_restOfTheBodyHasArrived_neverEndsTheBodyWithoutIt(boolean forwarded) {
        StringBuilder rest = new StringBuilder();
        try (TransportFixture fixture = start(ConnectionScript.json("0123456789"))) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            TransportResponse response = call.execute();
            assertThat(response.read(new byte[1], 0, 1)).as("bytes that were read before").isEqualTo(1);

            call.cancel();

            if (forwarded) {
                response.forward(new TextReceiver(rest));
            } else {
                rest.append(TransportFixture.readAll(response));
            }
            assertThat(rest).as("a body that ends although its call was cancelled").hasToString("123456789");
        } catch (TransportException failure) {
            assertThat(failure.failure())
                    .as("the failure of a body whose call was cancelled")
                    .isEqualTo(TransportFailure.CANCELLED);
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_connecting_failsTheCall(boolean virtual) throws Exception {
        CountingConnectionListener counts = new CountingConnectionListener();
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = transports().create(
                        new Endpoint(false, "127.0.0.1", hole.port()), TransportFixture.LONG_TIMEOUTS, counts)) {
            CallStartedLatch began = new CallStartedLatch();
            TransportCall call = transport.newCall(get("/"), began);
            FutureTask<TransportException> outcome = failing(virtual, () -> call.execute().close());
            began.await();

            call.cancel();

            assertThat(Parallel.resultOf(outcome).failure())
                    .as("the failure of a call that was cancelled while connecting; its time limit is far away")
                    .isEqualTo(TransportFailure.CANCELLED);
            assertThat(counts.openedCount()).as("connections reported as opened: none was").isZero();
            assertThat(counts.closedCount()).as("connections reported as closed: none was opened").isZero();
        }
    }

    @Safety
    @Test
    void cancel_duringTheHandshake_failsTheCallAndTheServerSeesIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedConnection::awaitDisconnect);
                HttpTransport transport = transports().create(
                        new Endpoint(true, "127.0.0.1", server.port()),
                        TransportFixture.LONG_TIMEOUTS,
                        new CountingConnectionListener())) {
            TransportCall call = transport.newCall(get("/"), CallListener.none());
            FutureTask<TransportException> outcome = failing(true, () -> call.execute().close());
            Eventually.await("it connects", () -> server.open() == 1);

            call.cancel();

            assertThat(Parallel.resultOf(outcome).failure())
                    .as("the failure of a call that was cancelled in the TLS handshake")
                    .isEqualTo(TransportFailure.CANCELLED);
            Eventually.await("the server sees it", () -> server.open() == 0);
        }
    }

    @Safety
    @Test
    void cancel_whileSending_failsTheCallAndTheServerSeesIt() throws Exception {
        CountDownLatch mayRead = new CountDownLatch(1);
        CompletableFuture<Boolean> sending = new CompletableFuture<>();
        ConnectionScript deaf = connection -> {
            connection.skip(1000);
            sending.complete(true);
            try {
                mayRead.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            connection.awaitDisconnect();
        };
        try (TransportFixture fixture = start(deaf)) {
            TransportCall call =
                    fixture.transport().newCall(post("/", "x".repeat(MORE_THAN_SOCKETS_BUFFER)), CallListener.none());
            FutureTask<TransportException> outcome = failing(true, () -> call.execute().close());
            Parallel.resultOf(sending);

            call.cancel();

            assertThat(Parallel.resultOf(outcome).failure())
                    .as("the failure of a call that was cancelled while sending")
                    .isEqualTo(TransportFailure.CANCELLED);
            assertThat(outcome.get().progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.SEND);
            assertThat(outcome.get().progress().bytesWritten())
                    .as("bytes written: the server did not take all of them")
                    .isLessThan(MORE_THAN_SOCKETS_BUFFER);
            mayRead.countDown();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_waitingForTheHead_failsTheCallAndTheServerSeesIt(boolean virtual) {
        try (TransportFixture fixture = start(SILENT)) {
            TransportCall call = fixture.transport().newCall(post("/api/chat", "{}"), CallListener.none());
            FutureTask<TransportException> outcome = failing(virtual, () -> call.execute().close());
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 1);

            call.cancel();

            assertThat(Parallel.resultOf(outcome).failure())
                    .as("the failure of a call that was cancelled before its head came")
                    .isEqualTo(TransportFailure.CANCELLED);
            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @Test
    void interrupt_virtualThreadWaitsForTheHead_cancelsTheCall() {
        assertInterruptCancels(true);
    }

    @Strict("interrupting a platform thread cancels its call")
    @Test
    void interrupt_platformThreadWaitsForTheHead_cancelsTheCall() {
        assertInterruptCancels(false);
    }

    private void assertInterruptCancels(boolean virtual) {
        try (TransportFixture fixture = start(SILENT)) {
            CompletableFuture<Thread> waiting = new CompletableFuture<>();
            FutureTask<TransportException> outcome = failing(virtual, () -> {
                waiting.complete(Thread.currentThread());
                fixture.fetch(get("/"));
            });
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 1);

            Parallel.resultOf(waiting).interrupt();

            assertThat(Parallel.resultOf(outcome).failure())
                    .as("the failure of a call whose thread was interrupted")
                    .isEqualTo(TransportFailure.CANCELLED);
            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @Test
    void cancel_bodyHasArrivedUnread_isNotHandedOver() {
        try (TransportFixture fixture = start(ConnectionScript.json("abcd"))) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            TransportResponse response = call.execute();

            call.cancel();

            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(failureOf(() -> response.read(new byte[2], 0, 2)).failure())
                        .isEqualTo(TransportFailure.CANCELLED);
            }
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_waitingForMoreOfTheBody_failsTheReaderAndTheServerSeesIt(boolean virtual) {
        ConnectionScript oneChunk = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.awaitDisconnect();
        });
        try (TransportFixture fixture = start(oneChunk)) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            TransportResponse response = call.execute();
            byte[] buffer = new byte[16];
            assertThat(response.read(buffer, 0, buffer.length)).as("bytes of the first chunk").isEqualTo(3);
            FutureTask<TransportException> outcome =
                    failing(virtual, () -> response.read(buffer, 0, buffer.length));

            call.cancel();

            assertThat(Parallel.resultOf(outcome).failure())
                    .as("the failure of the reader of a cancelled call")
                    .isEqualTo(TransportFailure.CANCELLED);
            assertThat(Parallel.resultOf(outcome).progress().phase())
                    .as("the phase of the failure")
                    .isEqualTo(CallPhase.BODY);
            assertThat(Parallel.resultOf(outcome).progress().responseStarted())
                    .as("whether a response started")
                    .isTrue();
            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @Test
    void close_responseHalfRead_abortsAndTheServerSeesIt() {
        try (TransportFixture fixture = start(ENDLESS)) {
            TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            response.read(new byte[16], 0, 16);

            response.close();
            response.close();

            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @Test
    void close_transportWithAnOpenResponse_endsItWithAFailure() {
        try (TransportFixture fixture = start(ENDLESS)) {
            TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute();

            fixture.transport().close();

            assertThat(failureOf(() -> TransportFixture.readAll(response)).failure())
                    .isIn(TransportFailure.CLOSED, TransportFailure.CANCELLED);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Safety
    @Test
    void cancel_responseReadToItsEnd_changesNothing() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            TransportCall ended = fixture.transport().newCall(get("/"), CallListener.none());
            TransportResponse complete = ended.execute();
            TransportFixture.readAll(complete);
            TransportResponse next = fixture.transport().newCall(get("/"), CallListener.none()).execute();

            ended.cancel();
            complete.close();

            assertThat(TransportFixture.readAll(next))
                    .as("the answer of the next call, which a late cancellation of the first must not touch")
                    .isEqualTo("{}");
            assertThat(complete.read(new byte[1], 0, 1)).as("a read after the end of the body").isEqualTo(-1);
            assertThat(fixture.connectionCounts().closedCount())
                    .as("closed connections: the first call had ended before it was cancelled")
                    .isZero();
            assertThat(fixture.server().accepted()).as("connections: the second call reuses the first").isEqualTo(1);
        }
    }

    private static void streamForEver(ScriptedConnection connection) throws IOException {
        connection.sendChunkedHead("application/x-ndjson");
        while (true) {
            connection.sendChunk("{\"response\":\"word\",\"done\":false}\n");
        }
    }

    /** Collects what is forwarded. */
    private record TextReceiver(StringBuilder text) implements BodyReceiver {

        @Override
        public boolean receive(byte[] buffer, int offset, int length) {
            text.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
            return true;
        }

        @Override
        public void whenReady(Runnable resume) {
            resume.run();
        }
    }
}
