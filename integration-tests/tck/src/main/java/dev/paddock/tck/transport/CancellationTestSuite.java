package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.tck.Eventually;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.server.ScriptedServer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Cancelling works in every phase, and the server sees it. */
public abstract class CancellationTestSuite extends TransportTestSuite {

    private static final int MORE_THAN_SOCKETS_BUFFER = 32 << 20;

    private static final ConnectionScript SILENT = connection -> {
        connection.readRequest();
        connection.awaitDisconnect();
    };

    private static final ConnectionScript ENDLESS =
            ConnectionScript.forEachRequest(CancellationTestSuite::streamForEver);

    @Test
    void cancel_beforeExecute_failsTheCallAndSendsNothing() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            call.cancel();

            assertThat(outcomeOf(call)).isEqualTo(TransportFailure.CANCELLED);
            assertThat(fixture.server().requests()).isEmpty();
        }
    }

    @Test
    void cancel_connecting_failsTheCall() throws Exception {
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = factory().create(
                        new Endpoint(false, "127.0.0.1", hole.port()),
                        TransportFixture.PATIENT,
                        new ConnectionLedger())) {
            Began began = new Began();
            TransportCall call = transport.newCall(get("/"), began);
            CompletableFuture<TransportFailure> outcome = inBackground(call);
            began.await();

            call.cancel();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(TransportFailure.CANCELLED);
        }
    }

    @Test
    void cancel_duringTheHandshake_failsTheCallAndTheServerSeesIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedConnection::awaitDisconnect);
                HttpTransport transport = factory().create(
                        new Endpoint(true, "127.0.0.1", server.port()),
                        TransportFixture.PATIENT,
                        new ConnectionLedger())) {
            TransportCall call = transport.newCall(get("/"), CallListener.none());
            CompletableFuture<TransportFailure> outcome = inBackground(call);
            Eventually.await("it connects", () -> server.open() == 1);

            call.cancel();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(TransportFailure.CANCELLED);
            Eventually.await("the server sees it", () -> server.open() == 0);
        }
    }

    @Test
    void cancel_whileSending_failsTheCallAndTheServerSeesIt() throws Exception {
        CountDownLatch mayRead = new CountDownLatch(1);
        ConnectionScript deaf = connection -> {
            try {
                mayRead.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            connection.awaitDisconnect();
        };
        try (TransportFixture fixture = TransportFixture.start(factory(), deaf)) {
            Began began = new Began();
            TransportCall call = fixture.transport().newCall(post("/", "x".repeat(MORE_THAN_SOCKETS_BUFFER)), began);
            CompletableFuture<TransportFailure> outcome = inBackground(call);
            began.await();

            call.cancel();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(TransportFailure.CANCELLED);
            mayRead.countDown();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void cancel_waitingForTheHead_failsTheCallAndTheServerSeesIt() throws Exception {
        try (TransportFixture fixture = TransportFixture.start(factory(), SILENT)) {
            TransportCall call = fixture.transport().newCall(post("/api/chat", "{}"), CallListener.none());
            CompletableFuture<TransportFailure> outcome = inBackground(call);
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 1);

            call.cancel();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(TransportFailure.CANCELLED);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void cancel_waitingForMoreOfTheBody_failsTheReaderAndTheServerSeesIt() throws Exception {
        ConnectionScript oneChunk = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.awaitDisconnect();
        });
        try (TransportFixture fixture = TransportFixture.start(factory(), oneChunk)) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            TransportResponse response = call.execute();
            byte[] buffer = new byte[16];
            assertThat(response.read(buffer, 0, buffer.length)).isEqualTo(3);
            CompletableFuture<TransportFailure> outcome = CompletableFuture.supplyAsync(
                    () -> failureOf(() -> response.read(buffer, 0, buffer.length)), Thread.ofVirtual()::start);

            call.cancel();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(TransportFailure.CANCELLED);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void close_responseHalfRead_abortsAndTheServerSeesIt() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ENDLESS)) {
            TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute();
            response.read(new byte[16], 0, 16);

            response.close();
            response.close();

            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void close_transportWithAnOpenResponse_endsItWithAFailure() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ENDLESS)) {
            TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute();

            fixture.transport().close();

            assertThat(failureOf(() -> TransportFixture.readAll(response)))
                    .isIn(TransportFailure.CLOSED, TransportFailure.CANCELLED);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void cancel_responseReadToItsEnd_changesNothing() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            TransportFixture.readAll(call.execute());

            call.cancel();

            fixture.fetch(get("/"));
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
    }

    private static void streamForEver(ScriptedConnection connection) throws IOException {
        connection.sendChunkedHead("application/x-ndjson");
        while (true) {
            connection.sendChunk("{\"response\":\"word\",\"done\":false}\n");
        }
    }

    private static CompletableFuture<TransportFailure> inBackground(TransportCall call) {
        return CompletableFuture.supplyAsync(() -> outcomeOf(call), Thread.ofVirtual()::start);
    }

    private static TransportFailure outcomeOf(TransportCall call) {
        return failureOf(() -> call.execute().close());
    }

    private static TransportFailure failureOf(Runnable action) {
        try {
            action.run();
            throw new AssertionError("there was no failure");
        } catch (TransportException failure) {
            return failure.failure();
        }
    }

    /** Tells when the transport has begun to do something about a call. */
    private static final class Began implements CallListener {

        private final CountDownLatch latch = new CountDownLatch(1);

        private void await() throws InterruptedException {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void entered(CallPhase phase) {
            latch.countDown();
        }

        @Override
        public void sent() {
            latch.countDown();
        }
    }
}
