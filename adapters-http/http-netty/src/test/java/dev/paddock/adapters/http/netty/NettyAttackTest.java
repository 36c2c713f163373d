package dev.paddock.adapters.http.netty;

import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.transport.TransportFixture;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Odd answers, many connections, and ends of every kind at any moment; each buffer of Netty is watched for a leak. */
class NettyAttackTest {

    private static final ResourceLeakDetector.Level BEFORE = ResourceLeakDetector.getLevel();

    @BeforeAll
    static void watchEachBuffer() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterAll
    static void watchAsBefore() {
        ResourceLeakDetector.setLevel(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200\tOK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 020 OK\r\nContent-Length: 0\r\n\r\n",
                "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y\r\n folded\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: y\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a\rb\r\nx\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n 1\r\nx\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n\r\n",
            })
    void execute_oddAnswer_isMalformedAndItsConnectionServesNoMore(String answer) {
        try (TransportFixture fixture = TransportFixture.start(new NettyTransportFactory(), ConnectionScript.sending(answer))) {
            assertThat(fixture.failureOf(get("/")).failure()).isEqualTo(TransportFailure.MALFORMED);
            fixture.assertOneDiscarded();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a b", "/a\tb", "/a\r\nX: y", "/\u20ac", "/\u007f", "/a\u0000"})
    void newCall_targetThatWouldBeSentAsAnother_isRefused(String target) {
        try (TransportFixture fixture = TransportFixture.start(new NettyTransportFactory(), ConnectionScript.json("{}"))) {
            assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> call(fixture.transport(), get(target)));
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> call(fixture.transport(), new TransportRequest("GET", "/", Headers.of("X", "\u20ac"), new byte[0])));
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> call(fixture.transport(), new TransportRequest("G T", "/", Headers.EMPTY, new byte[0])));
            assertThat(fixture.server().accepted()).isZero();
        }
    }

    @Test
    void execute_aThousandAtOnce_eachIsAnswered() {
        int calls = 1_000;
        CountDownLatch allArrived = new CountDownLatch(calls);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            allArrived.countDown();
            Eventually.open(allArrived);
            connection.sendResponse("200 OK", "application/json", "{}");
        });
        try (TransportFixture fixture = TransportFixture.start(new NettyTransportFactory(), script)) {
            assertThat(Parallel.run(calls, number -> fixture.fetch(get("/")))).containsOnly("{}");
            assertThat(fixture.transport().idleConnections()).isEqualTo(calls);
            fixture.transport().close();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    /** Each call is cancelled at a moment of its own, pulled or forwarded; the counts add up in the end. */
    @Test
    void cancel_atAnyMoment_leavesNothingBehind() {
        AtomicInteger wrong = new AtomicInteger();
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            for (int chunk = 0; chunk < 20; chunk++) {
                connection.sendChunk("0123456789");
            }
            connection.sendLastChunk();
        });
        String expected = "0123456789".repeat(20);
        try (TransportFixture fixture = TransportFixture.start(new NettyTransportFactory(), script)) {
            List<Object> unused = Parallel.run(400, number -> {
                TransportCall call = call(fixture.transport(), post("/", "x".repeat(number * 100)));
                Thread canceller = Thread.ofVirtual().start(() -> {
                    long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(5_000_000);
                    Eventually.await("a moment passes", () -> System.nanoTime() > end);
                    call.cancel();
                });
                try (TransportResponse response = call.execute()) {
                    StringBuilder body = new StringBuilder();
                    if (number % 2 == 0) {
                        body.append(TransportFixture.readAll(response));
                    } else {
                        response.forward(new Collector(body));
                    }
                    wrong.addAndGet(body.toString().equals(expected) ? 0 : 1);
                } catch (TransportException failure) {
                    wrong.addAndGet(failure.failure() == TransportFailure.CANCELLED ? 0 : 1);
                }
                return canceller;
            });
            assertThat(wrong).as("answers or failures that are wrong").hasValue(0);
            Eventually.await("what is open is idle", () ->
                    Integer.valueOf(fixture.server().open()).equals(fixture.transport().idleConnections()));
            Eventually.await("the counts add up", () -> fixture.connectionCounts().openedCount()
                    == fixture.connectionCounts().closedCount() + fixture.server().open());
            assertThat(fixture.fetch(get("/"))).as("a call after all of that").isEqualTo(expected);
        }
    }

    /** A call that says that nothing was sent is tried again: the server must not have seen it. */
    @Test
    void cancel_justBeforeItIsSent_sendsNothingOrSaysThatItDid() {
        AtomicInteger maySeen = new AtomicInteger();
        ConnectionScript script = ConnectionScript.json("{}");
        try (TransportFixture fixture = TransportFixture.start(new NettyTransportFactory(), script)) {
            List<Integer> unused = Parallel.run(50, caller -> {
                for (int number = 0; number < 100; number++) {
                    TransportCall call = call(fixture.transport(), get("/"));
                    Thread canceller = Thread.ofVirtual().start(() -> {
                        long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(200_000);
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        call.cancel();
                    });
                    try (TransportResponse response = call.execute()) {
                        maySeen.incrementAndGet();
                        String body = TransportFixture.readAll(response);
                        assertThat(body).isEqualTo("{}");
                    } catch (TransportException failure) {
                        boolean sent = failure.progress().phase().compareTo(CallPhase.SEND) >= 0;
                        maySeen.addAndGet(sent && failure.progress().phase() != CallPhase.BODY ? 1 : 0);
                    }
                    assertThat(canceller).isNotNull();
                }
                return caller;
            });
            Eventually.await("no connection is in use", () ->
                    Integer.valueOf(fixture.server().open()).equals(fixture.transport().idleConnections()));
            assertThat(fixture.server().requests().size()).as("requests that the server saw").isLessThanOrEqualTo(maySeen.get());
        }
    }

    @Test
    void close_whileCallsAreInEveryPhase_endsThemAll() {
        for (int round = 0; round < 10; round++) {
            AtomicInteger ended = new AtomicInteger();
            ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
                connection.sendChunkedHead("application/x-ndjson");
                while (true) {
                    connection.sendChunk("x".repeat(1000));
                }
            });
            TransportFixture fixture = TransportFixture.start(new NettyTransportFactory(), script);
            for (int number = 0; number < 30; number++) {
                boolean forwarded = number % 2 == 0;
                Thread unused = Thread.ofVirtual().start(() -> {
                    try (TransportResponse response = call(fixture.transport(), get("/")).execute()) {
                        if (forwarded) {
                            response.forward(new Collector(new StringBuilder()));
                        } else {
                            assertThat(TransportFixture.readAll(response)).as("an endless body").isNull();
                        }
                    } catch (TransportException failure) {
                        ended.addAndGet(failure.failure() == TransportFailure.CLOSED ? 1 : 0);
                    }
                });
            }
            int some = 3 * round;
            Eventually.await("some requests arrive", () -> fixture.server().requests().size() >= some);
            fixture.transport().close();
            Eventually.await("each call fails as CLOSED", () -> ended.get() == 30);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
            fixture.close();
        }
    }

    /** Collects a body of ASCII characters. */
    private record Collector(StringBuilder body) implements BodyReceiver {

        @Override
        public boolean receive(byte[] buffer, int offset, int length) {
            if (body.length() < 1_000_000) {
                for (int index = offset; index < offset + length; index++) {
                    body.append((char) buffer[index]);
                }
            }
            return true;
        }

        @Override
        public void whenReady(Runnable resume) {
            resume.run();
        }
    }
}
