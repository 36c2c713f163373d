package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is forwarded arrives as if it were read, as soon as its bytes arrive, and no faster than its receiver takes it. */
public abstract class ForwardTestSuite extends TransportTestSuite {

    private static final int PIECES = 20;
    private static final int LARGE = 8 << 20;
    private static final int WHAT_MAY_FOLLOW = 64 << 10;
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Safety
    @Test
    void forward_chunksOneByOne_areHandedOverOneByOne() {
        Semaphore mayGoOn = new Semaphore(1);
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            for (int piece = 0; piece < PIECES; piece++) {
                mayGoOn.acquireUninterruptibly();
                connection.sendChunk("piece " + piece + "\n");
            }
            connection.sendLastChunk();
        };
        Receiver receiver = new Receiver(Pause.NEVER, mayGoOn::release);
        try (TransportFixture fixture = start(script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            response.forward(receiver);

            assertThat(receiver.text().lines()).as("the pieces, each sent after the one before it was received").hasSize(PIECES);
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcdef",
                CHUNKED + "1\r\na\r\n5\r\nbcdef\r\n0\r\n\r\n",
                CHUNKED + "6\r\nabcdef\r\n0\r\nTrailer: x\r\n\r\n",
            })
    void forward_afterARead_handsOverTheRestAndReleasesTheConnection(String answer) {
        try (TransportFixture fixture = start(ConnectionScript.sending(answer))) {
            for (int call = 1; call <= 3; call++) {
                Receiver receiver = new Receiver(Pause.NEVER, () -> {});
                try (TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                    assertThat(response.read(new byte[1], 0, 1)).as("bytes that were read before").isEqualTo(1);
                    response.forward(receiver);
                    assertThat(receiver.text()).as("the rest of the body").isEqualTo("bcdef");
                    assertThat(fixture.transport().idleConnections())
                            .as("idle connections, if the transport knows them, when everything was handed over")
                            .isIn(null, 1);
                }
            }
            assertThat(fixture.server().accepted()).as("connections: one serves all calls in turn").isEqualTo(1);
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {"length", "chunked", "close"})
    void forward_largeBodyToASlowReceiver_arrivesWhole(String framing) {
        byte[] body = "0123456789abcdef".repeat(LARGE / 16).getBytes(StandardCharsets.US_ASCII);
        ConnectionScript script = connection -> {
            connection.readRequest();
            if (framing.equals("chunked")) {
                connection.send(CHUNKED + Integer.toHexString(body.length) + "\r\n");
                connection.send(body);
                connection.send("\r\n0\r\n\r\n");
            } else {
                String length = framing.equals("length") ? "Content-Length: " + body.length + "\r\n" : "";
                connection.send("HTTP/1.1 200 OK\r\n" + length + "\r\n");
                connection.send(body);
            }
        };
        Receiver receiver = new Receiver(Pause.AFTER_EACH_CALL, () -> {});
        try (TransportFixture fixture = start(script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            byte[] received = Parallel.resultOf(Parallel.start(() -> {
                response.forward(receiver);
                return receiver.bytes();
            }));

            assertThat(received).as("the body of 8 MiB").isEqualTo(body);
        }
    }

    @Safety
    @Test
    void forward_receiverThatCannotTakeMore_stopsTheServer() {
        AtomicLong sent = new AtomicLong();
        byte[] block = new byte[16 << 10];
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + 8L * LARGE + "\r\n\r\n");
            while (sent.get() < 8L * LARGE) {
                connection.send(block);
                sent.addAndGet(block.length);
            }
        };
        Receiver receiver = new Receiver(Pause.UNTIL_RESUMED, () -> {});
        try (TransportFixture fixture = start(script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            Future<Boolean> forwarding = Parallel.start(() -> {
                response.forward(receiver);
                return true;
            });
            Eventually.await("the transport waits", receiver.waiting::isDone);
            Eventually.awaitStandstill("buffers are full", () -> sent.get() + receiver.countAfterPause.get());

            assertThat(receiver.countAfterPause.get())
                    .as("bytes that followed although the receiver could take no more")
                    .isLessThanOrEqualTo(WHAT_MAY_FOLLOW);
            assertThat(sent.get()).as("bytes that the server could send").isLessThan(8L * LARGE);
            receiver.resume();

            assertThat(Parallel.resultOf(forwarding)).as("whether everything was handed over after the pause").isTrue();
            assertThat(receiver.count.get()).as("bytes of the body").isEqualTo(8L * LARGE);
        }
    }

    @Safety
    @Test
    void forward_receiverThrows_endsTheCallWithItsException() {
        IllegalStateException refusal = new IllegalStateException("the client has gone");
        Receiver receiver = new Receiver(Pause.NEVER, () -> {
            throw refusal;
        });
        try (TransportFixture fixture = start(onePieceAndSilence());
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThatThrownBy(() -> response.forward(receiver)).as("what forward throws").isSameAs(refusal);
            fixture.assertOneDiscarded();
        }
    }

    /** The whole body has arrived before it is forwarded. A transport that has read it ahead may use its connection again. */
    @Safety
    @Test
    void forward_receiverRefusesTheLastBytes_throwsItsException() {
        IllegalStateException refusal = new IllegalStateException("these bytes tell a failure");
        Receiver receiver = new Receiver(Pause.NEVER, () -> {
            throw refusal;
        });
        CountDownLatch sent = new CountDownLatch(1);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.send(CHUNKED + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
            sent.countDown();
        });
        try (TransportFixture fixture = start(script)) {
            for (int call = 0; call < 20; call++) {
                try (TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
                    Eventually.open(sent);
                    assertThat(response.read(new byte[3], 0, 3)).as("bytes that were read before").isEqualTo(3);
                    assertThatThrownBy(() -> response.forward(receiver)).as("what forward throws").isSameAs(refusal);
                }
            }
            fixture.transport().closeIdle(Duration.ZERO);
            Eventually.await("each connection is closed", () -> fixture.server().open() == 0);
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_whileForwarding_failsItAndTheServerSeesIt(boolean virtual) {
        Receiver receiver = new Receiver(Pause.NEVER, () -> {});
        try (TransportFixture fixture = start(onePieceAndSilence())) {
            TransportCall call = fixture.transport().newCall(get("/"), CallListener.none());
            TransportResponse response = call.execute();
            Future<TransportException> forwarding = TransportCalls.failing(virtual, () -> response.forward(receiver));
            Eventually.await("the first piece arrives", () -> receiver.count.get() > 0);

            call.cancel();

            assertThat(Parallel.resultOf(forwarding).failure())
                    .as("the failure of a forwarded body whose call was cancelled")
                    .isEqualTo(TransportFailure.CANCELLED);
            fixture.assertOneDiscarded();
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
                CHUNKED + "5\r\nhello",
                CHUNKED + "5\r\nhello\r\n",
                CHUNKED + "5\r\nhello\r\n0\r\n",
            })
    void forward_bodyThatEndsEarly_isTruncatedBehindWhatArrived(String answer) {
        Receiver receiver = new Receiver(Pause.NEVER, () -> {});
        try (TransportFixture fixture = start(answering(answer));
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            TransportException first = failureOf(() -> response.forward(receiver));
            assertThat(first.failure()).as("the failure of a body that ends early").isEqualTo(TransportFailure.TRUNCATED);
            assertThat(failureOf(() -> response.forward(receiver))).as("the failure of the second attempt").isSameAs(first);
            assertThat(receiver.text()).as("what arrived before the end").isEqualTo("hello");
            fixture.assertOneDiscarded();
        }
    }

    private static ConnectionScript onePieceAndSilence() {
        return connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.awaitDisconnect();
        };
    }

    /** When a receiver can take no more. */
    private enum Pause {
        NEVER,
        UNTIL_RESUMED,
        AFTER_EACH_CALL
    }

    /** Counts the bytes of a body, and keeps those of a small one. */
    private static final class Receiver implements BodyReceiver {

        private final Pause pause;
        private final Runnable afterEach;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong countAfterPause = new AtomicLong();
        private final CompletableFuture<Runnable> waiting = new CompletableFuture<>();
        private volatile boolean resumed;

        Receiver(Pause pause, Runnable afterEach) {
            this.pause = pause;
            this.afterEach = afterEach;
        }

        @Override
        public boolean receive(byte[] buffer, int offset, int length) {
            if (pause == Pause.UNTIL_RESUMED) {
                countAfterPause.addAndGet(count.get() == 0 || resumed ? 0 : length);
            } else {
                kept.write(buffer, offset, length);
            }
            count.addAndGet(length);
            afterEach.run();
            return pause == Pause.NEVER || resumed;
        }

        @Override
        public void whenReady(Runnable resume) {
            if (pause == Pause.AFTER_EACH_CALL) {
                Thread unused = Thread.startVirtualThread(resume);
            } else {
                waiting.complete(resume);
            }
        }

        private void resume() {
            resumed = true;
            Parallel.resultOf(waiting).run();
        }

        private byte[] bytes() {
            return kept.toByteArray();
        }

        private String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
