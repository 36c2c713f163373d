package dev.paddock.adapters.http.netty.begun;

import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.netty.NettyTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.support.AbstractTransportCall;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.transport.TransportFixture;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A call that is begun on the event loop of its request, which has an idle connection there: no thread waits for its answer. */
class BegunCallTest {

    private final Semaphore answers = new Semaphore(1); // the first answer opens the connection
    private final CompletableFuture<Thread> settledBy = new CompletableFuture<>();

    private static TransportFixture start(ConnectionScript script) {
        TransportFixture fixture = TransportFixture.start(new NettyTransportFactory(), script);
        try (TransportResponse first = call(fixture.transport(), get("/").withEventLoop(BegunOnTheLoop.LOOP)).execute()) {
            assertThat(readAll(first)).isNotNull();
        }
        Eventually.await("the connection is idle", () -> Integer.valueOf(1).equals(fixture.transport().idleConnections()));
        return fixture;
    }

    private CompletableFuture<Settled<TransportResponse>> begin(TransportCall call) {
        CompletableFuture<Settled<TransportResponse>> answer = new CompletableFuture<>();
        BegunOnTheLoop.LOOP.execute(() -> call.begin(settled -> {
            settledBy.complete(Thread.currentThread());
            answer.complete(settled);
        }));
        return answer;
    }

    private static TransportCall second(TransportFixture fixture) {
        return call(fixture.transport(), get("/").withEventLoop(BegunOnTheLoop.LOOP));
    }

    @Test
    void begin_answerIsLate_keepsNoThreadAndEndsOnTheLoop() {
        try (TransportFixture fixture = start(ConnectionScript.forEachRequest(connection -> {
            answers.acquireUninterruptibly();
            connection.sendChunkedHead("application/json");
            connection.sendChunk("{}");
            connection.sendLastChunk();
        }))) {
            CompletableFuture<Settled<TransportResponse>> answer = begin(second(fixture));
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 2);
            assertThat(Parallel.resultOf(BegunOnTheLoop.LOOP.submit(() -> "free"))).as("the event loop").isEqualTo("free");
            assertThat(answer).isNotDone();

            answers.release();

            try (TransportResponse response = Parallel.resultOf(answer).get()) {
                assertThat(response.isReadable()).isTrue();
                assertThat(readAll(response)).isEqualTo("{}");
            }
            assertThat(Parallel.resultOf(settledBy)).isSameAs(Parallel.resultOf(BegunOnTheLoop.LOOP.submit(Thread::currentThread)));
            assertThat(fixture.server().accepted()).as("connections").isEqualTo(1);
        }
    }

    /** The body decides how an answer is divided, so that there is nothing to do for its head alone. */
    @Test
    void begin_headComesAlone_waitsForTheFirstBytesOfTheBody() {
        Semaphore bodies = new Semaphore(1);
        try (TransportFixture fixture = start(ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            bodies.acquireUninterruptibly();
            connection.sendChunk("{}\n");
            connection.sendLastChunk();
        }))) {
            AbstractTransportCall call = (AbstractTransportCall) second(fixture);
            CompletableFuture<Settled<TransportResponse>> answer = begin(call);
            Eventually.await("the head arrives", () -> call.progress().responseStarted());
            assertThat(Parallel.resultOf(BegunOnTheLoop.LOOP.submit(() -> "behind it"))).isEqualTo("behind it");
            assertThat(answer).isNotDone();

            bodies.release();

            try (TransportResponse response = Parallel.resultOf(answer).get()) {
                assertThat(readAll(response)).isEqualTo("{}\n");
            }
        }
    }

    @Test
    void cancel_whileTheAnswerIsAwaited_endsTheCallAndItsConnection() {
        try (TransportFixture fixture = start(ConnectionScript.forEachRequest(connection -> {
            if (answers.tryAcquire()) {
                connection.sendResponse("200 OK", "application/json", "{}");
            } else {
                connection.awaitDisconnect();
            }
        }))) {
            TransportCall call = second(fixture);
            CompletableFuture<Settled<TransportResponse>> answer = begin(call);
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 2);

            call.cancel();

            assertThat(failureOf(answer)).isEqualTo(TransportFailure.CANCELLED);
            Eventually.await("the connection is closed", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void begin_serverEndsTheConnectionInsteadOfAnAnswer_fails() {
        try (TransportFixture fixture = start(ConnectionScript.forEachRequest(connection -> {
            if (answers.tryAcquire()) {
                connection.sendResponse("200 OK", "application/json", "{}");
            } else {
                connection.shutdownOutput();
            }
        }))) {
            assertThat(failureOf(begin(second(fixture)))).isEqualTo(TransportFailure.NO_RESPONSE);
        }
    }

    /** Nothing was sent over the stale connection, so the request goes over another one, which a thread has to wait for. */
    @Test
    void begin_idleConnectionHasBytesThatBelongToNoRequest_usesAnotherOne() {
        AtomicInteger connections = new AtomicInteger();
        Semaphore unasked = new Semaphore(0);
        ConnectionScript script = connection -> {
            boolean isFirst = connections.incrementAndGet() == 1;
            connection.readRequest();
            connection.sendResponse("200 OK", "application/json", "{}");
            if (isFirst) {
                unasked.acquireUninterruptibly();
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad");
                answers.release();
            }
            connection.awaitDisconnect();
        };
        try (TransportFixture fixture = start(script)) {
            answers.drainPermits();
            CompletableFuture<Settled<TransportResponse>> answer = new CompletableFuture<>();
            TransportCall call = second(fixture);
            BegunOnTheLoop.LOOP.execute(() -> {
                unasked.release();
                answers.acquireUninterruptibly(); // the bytes have been sent before the loop could read them
                call.begin(answer::complete);
            });
            try (TransportResponse response = Parallel.resultOf(answer).get()) {
                assertThat(readAll(response)).isEqualTo("{}");
                assertThat(response.connection().reused()).isFalse();
            }
            assertThat(fixture.server().accepted()).as("connections").isEqualTo(2);
        }
    }

    private static TransportFailure failureOf(CompletableFuture<Settled<TransportResponse>> answer) {
        Settled<TransportResponse> settled = Parallel.resultOf(answer);
        return catchThrowableOfType(TransportException.class, settled::get).failure();
    }
}
