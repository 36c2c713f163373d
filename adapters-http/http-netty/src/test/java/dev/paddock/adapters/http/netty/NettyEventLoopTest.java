package dev.paddock.adapters.http.netty;

import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.failing;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.transport.TransportFixture;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A forwarded body is handed over on the event loop of its connection, which is the one that the request names. */
@ParameterizedClass(name = "overEpoll={0}")
@ValueSource(booleans = {false, true})
class NettyEventLoopTest {

    private static final int LIMIT_SECONDS = 10;

    private final HttpTransportFactory factory;
    private final MultiThreadIoEventLoopGroup loops;

    private final Semaphore begun = new Semaphore(0); // the answers whose first part was handed over, or is not awaited

    /** Answers whose second part follows when the first one was handed over: a body that has arrived whole needs no event loop. */
    private final ConnectionScript inTwoParts = ConnectionScript.forEachRequest(connection -> {
        connection.sendChunkedHead("application/json");
        connection.sendChunk("{");
        begun.acquireUninterruptibly();
        connection.sendChunk("}");
        connection.sendLastChunk();
    });

    NettyEventLoopTest(boolean overEpoll) {
        if (overEpoll) {
            EpollTransportFactory.requireLibrary();
        }
        factory = overEpoll ? new EpollTransportFactory(new NettyTransportFactory()) : new NettyTransportFactory();
        SocketKind sockets = overEpoll ? new EpollSockets() : new NioSockets();
        loops = new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("test-loop", true), sockets.handlers());
    }

    /** Without a quiet period, a loop of Netty 4.2.17 may end before it has closed its connections. */
    @AfterEach
    void shutDown() {
        var unused = loops.shutdownGracefully(50, 5_000, TimeUnit.MILLISECONDS);
    }

    private TransportFixture start(ConnectionScript script) {
        return TransportFixture.start(factory, script);
    }

    /** Forwards the answer to one request, and returns the threads that handed it over. */
    private Collection<Thread> threadsOf(TransportFixture fixture, Executor loop) {
        Threads threads = new Threads(begun::release);
        try (TransportResponse response = call(fixture.transport(), get("/").withEventLoop(loop)).execute()) {
            response.forward(threads);
        }
        return threads.seen;
    }

    private static Thread threadOf(EventLoop loop) {
        return Parallel.resultOf(loop.submit(Thread::currentThread));
    }

    @Test
    void forward_requestThatNamesAnEventLoop_isHandedOverThere() {
        try (TransportFixture fixture = start(inTwoParts)) {
            EventLoop loop = loops.next();
            assertThat(threadsOf(fixture, loop)).as("threads of the first call").containsOnly(threadOf(loop));
            assertThat(threadsOf(fixture, loop)).as("threads of the second call").containsOnly(threadOf(loop));
            assertThat(fixture.server().accepted()).as("connections").isEqualTo(1);
        }
    }

    @Test
    void forward_bodyHasArrivedWhole_isHandedOverByTheCallingThread() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            EventLoop loop = loops.next();
            Threads threads = new Threads(() -> { });
            try (TransportResponse response = call(fixture.transport(), get("/").withEventLoop(loop)).execute()) {
                response.forward(threads); // head and body came in one segment
            }
            assertThat(threads.seen).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void forward_connectionsOnSeveralLoops_eachServesItsOwn() {
        try (TransportFixture fixture = start(inTwoParts)) {
            EventLoop one = loops.next();
            EventLoop other = loops.next();
            begun.release(2);
            try (TransportResponse first = call(fixture.transport(), get("/").withEventLoop(one)).execute();
                    TransportResponse second = call(fixture.transport(), get("/").withEventLoop(other)).execute()) {
                assertThat(readAll(first) + readAll(second)).isEqualTo("{}{}");
            }
            for (int round = 0; round < 3; round++) {
                assertThat(threadsOf(fixture, one)).containsOnly(threadOf(one));
                assertThat(threadsOf(fixture, other)).containsOnly(threadOf(other));
            }
            assertThat(fixture.server().accepted()).as("connections: one on each loop").isEqualTo(2);
        }
    }

    @Test
    void forward_onlyIdleConnectionIsOnAnotherLoop_usesItInsteadOfOneMore() {
        try (TransportFixture fixture = start(inTwoParts)) {
            EventLoop one = loops.next();
            assertThat(threadsOf(fixture, one)).containsOnly(threadOf(one));
            assertThat(threadsOf(fixture, loops.next())).as("the loop of the connection").containsOnly(threadOf(one));
            assertThat(fixture.server().accepted()).as("connections: the limit of the pool counts calls").isEqualTo(1);
        }
    }

    @Test
    void execute_executorThatIsNoEventLoopForSockets_isIgnored() {
        DefaultEventLoop local = new DefaultEventLoop();
        try (TransportFixture fixture = start(inTwoParts)) {
            for (Executor executor : new Executor[] {Runnable::run, local}) {
                assertThat(threadsOf(fixture, executor)).extracting(Thread::getName).allMatch(name -> name.startsWith("paddock-netty"));
            }
        } finally {
            var unused = local.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
    }

    @Test
    void execute_eventLoopThatHasStopped_usesAnother() throws InterruptedException {
        EventLoop stopped = loops.next();
        try (TransportFixture fixture = start(inTwoParts)) {
            assertThat(threadsOf(fixture, stopped)).isNotEmpty();
            shutDown();
            assertThat(loops.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            Eventually.await("its connection is closed", () -> fixture.server().open() == 0);
            assertThat(threadsOf(fixture, stopped)).extracting(Thread::getName).allMatch(name -> name.startsWith("paddock-netty"));
        }
    }

    @Test
    void execute_eventLoopStopsDuringTheCall_failsIt() {
        try (TransportFixture fixture = start(ConnectionScript.forEachRequest(connection -> connection.awaitDisconnect()))) {
            Future<TransportException> waiting =
                    failing(true, () -> call(fixture.transport(), get("/").withEventLoop(loops.next())).execute());
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 1);
            shutDown();
            assertThat(Parallel.resultOf(waiting).failure()).isEqualTo(TransportFailure.NO_RESPONSE);
            fixture.assertOneDiscarded();
        }
    }

    /** The loop is kept busy until the call has ended. */
    @Test
    void cancel_eventLoopIsBusy_endsTheCallAtOnce() {
        try (TransportFixture fixture = start(ConnectionScript.forEachRequest(connection -> connection.awaitDisconnect()))) {
            EventLoop loop = loops.next();
            TransportCall call = call(fixture.transport(), get("/").withEventLoop(loop));
            Future<TransportException> waiting = failing(true, call::execute);
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 1);
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            Future<Boolean> work = loop.submit(() -> {
                busy.countDown();
                return ended.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            });
            Eventually.open(busy);

            call.cancel();

            assertThat(Parallel.resultOf(waiting).failure()).isEqualTo(TransportFailure.CANCELLED);
            ended.countDown();
            assertThat(Parallel.resultOf(work)).as("whether the call ended before the event loop was free").isTrue();
            fixture.assertOneDiscarded();
        }
    }

    @Test
    void cancel_receiverCanTakeNoMore_endsTheCallAtOnce() {
        ConnectionScript endless = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            while (true) {
                connection.sendChunk("x".repeat(1000));
            }
        });
        try (TransportFixture fixture = start(endless)) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            TransportResponse response = call.execute();
            CompletableFuture<Runnable> paused = new CompletableFuture<>();
            Future<TransportException> forwarding = failing(true, () -> response.forward(new BodyReceiver() {
                @Override
                public boolean receive(byte[] buffer, int offset, int length) {
                    return false;
                }

                @Override
                public void whenReady(Runnable resume) {
                    paused.complete(resume);
                }
            }));
            Runnable resume = Parallel.resultOf(paused);

            call.cancel();

            assertThat(Parallel.resultOf(forwarding).failure()).isEqualTo(TransportFailure.CANCELLED);
            resume.run();
            resume.run();
            fixture.assertOneDiscarded();
        }
    }

    @Test
    void interrupt_whileForwarding_cancelsTheCall() throws Exception {
        ConnectionScript silent = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("x");
            connection.awaitDisconnect();
        });
        Threads threads = new Threads(() -> { });
        try (TransportFixture fixture = start(silent)) {
            CompletableFuture<TransportException> outcome = new CompletableFuture<>();
            TransportResponse response = call(fixture.transport(), get("/")).execute();
            Thread forwarding = Thread.ofVirtual().start(() -> {
                try {
                    response.forward(threads);
                } catch (TransportException failure) {
                    outcome.complete(failure);
                }
            });
            Eventually.await("the first byte arrives", () -> !threads.seen.isEmpty());

            forwarding.interrupt();

            assertThat(Parallel.resultOf(outcome).failure()).isEqualTo(TransportFailure.CANCELLED);
            fixture.assertOneDiscarded();
        }
    }

    /** Notes the threads that hand over. */
    private static final class Threads implements BodyReceiver {

        private final Collection<Thread> seen = new ConcurrentLinkedQueue<>();
        private final Runnable whenBegun;

        Threads(Runnable whenBegun) {
            this.whenBegun = whenBegun;
        }

        @Override
        public boolean receive(byte[] buffer, int offset, int length) {
            if (seen.isEmpty()) {
                whenBegun.run();
            }
            return seen.add(Thread.currentThread());
        }

        @Override
        public void whenReady(Runnable resume) {
            resume.run();
        }
    }
}
