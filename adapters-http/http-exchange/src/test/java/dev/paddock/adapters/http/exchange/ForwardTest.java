package dev.paddock.adapters.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.time.Ticker;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.transport.DecoratedTransportFactory;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

/** Frames are forwarded as they would be pulled, by the reading thread and by a transport that pushes. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForwardTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String FIRST = "{\"response\":\"a\"}\n";
    private static final String LAST = "{\"done\":true}\n";

    /** The way of the bytes. */
    enum Transport {
        PULLED,
        PUSHED;

        private HttpTransportFactory factory() {
            Apache5TransportFactory pulling = new Apache5TransportFactory();
            return this == PULLED ? pulling : DecoratedTransportFactory.ofResponses(pulling, PushedResponse::new);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_stream_handsOverEveryFrameInOrder(Transport transport) {
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < 500; line++) {
            lines.add("{\"response\":\"" + "x".repeat(line) + "\"}\n");
        }
        lines.add(LAST);
        byte[] body = String.join("", lines).getBytes(UTF_8);
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    for (int at = 0; at < body.length; at += 701) {
                        connection.sendChunk(Arrays.copyOfRange(body, at, Math.min(body.length, at + 701)));
                    }
                    connection.sendLastChunk();
                }));
                Exchange exchange = open(fixture)) {
            exchange.forward(sink);

            assertThat(sink.frames()).containsExactlyElementsOf(lines);
            assertThat(fixture.pool().usage().leased()).as("connections in use when the outcome is known").isZero();
            assertThat(exchange.next()).isNull();
            if (transport == Transport.PUSHED) {
                assertThat(sink.threads()).contains(PushedResponse.LOOP_NAME);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_afterTheFirstWasPulled_handsOverTheRest(Transport transport) {
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST + FIRST + "{\"resp");
                    connection.sendChunk("onse\":\"b\"}\n" + LAST + "\n");
                    connection.sendLastChunk();
                }));
                Exchange exchange = open(fixture)) {
            assertThat(exchange.next()).isNotNull();
            exchange.forward(sink);

            assertThat(sink.frames()).containsExactly(FIRST, "{\"response\":\"b\"}\n", LAST, "\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_lastLineWithoutLineEnd_isHandedOver(Transport transport) {
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST);
                    connection.sendChunk("{\"done\":true}");
                    connection.sendLastChunk();
                }));
                Exchange exchange = open(fixture)) {
            exchange.forward(sink);

            assertThat(sink.frames()).containsExactly(FIRST, "{\"done\":true}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_document_handsOverEveryByte(Transport transport) {
        byte[] document = ("[" + "1,".repeat(100_000) + "1]").getBytes(UTF_8);
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + document.length
                            + "\r\n\r\n");
                    connection.send(document);
                }));
                Exchange exchange = open(fixture, ExchangeRequest.get(Operation.LIST_MODELS, "/api/tags"))) {
            exchange.forward(sink);

            assertThat(String.join("", sink.frames())).isEqualTo(new String(document, UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_streamWithoutTerminalFrame_isTruncated(Transport transport) {
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST);
                    connection.sendChunk(FIRST);
                    connection.sendLastChunk();
                }));
                Exchange exchange = open(fixture)) {
            assertFails(exchange, sink, TruncatedResponseException.class);
            assertThat(sink.frames()).containsExactly(FIRST, FIRST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_failureOfTheServer_isThrownAfterTheFramesBefore(Transport transport) {
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST);
                    connection.sendChunk(FIRST + "{\"error\":\"out of memory\"}\n" + FIRST);
                    connection.awaitDisconnect();
                }));
                Exchange exchange = open(fixture)) {
            assertFails(exchange, sink, GenerationFailedException.class);
            assertThat(sink.frames()).containsExactly(FIRST, FIRST);
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_sinkWithoutRoom_stopsTheServerUntilItIsReady(Transport transport) throws Exception {
        AtomicInteger sent = new AtomicInteger();
        String line = "{\"response\":\"" + "x".repeat(8000) + "\"}\n";
        int lines = 5_000;
        RecordingSink sink = new RecordingSink().withRoom(2);
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    for (int count = 0; count < lines; count++) {
                        connection.sendChunk(line);
                        sent.incrementAndGet();
                    }
                    connection.sendChunk(LAST);
                    connection.sendLastChunk();
                }));
                Exchange exchange = open(fixture)) {
            CompletableFuture<@Nullable Void> forwarded = forwardElsewhere(exchange, sink);
            Eventually.await("the sink makes it wait", () -> sink.resumes().size() == 1);
            int taken = sink.frames().size();
            Eventually.awaitStandstill("the server has sent what buffers hold", sent::get);

            assertThat(sink.frames()).as("frames beyond the room").hasSize(taken).hasSizeLessThan(100);
            assertThat(sent.get()).as("what the server could send").isLessThan(lines);
            assertThat(forwarded).isNotDone();

            sink.withRoom(Integer.MAX_VALUE).resumes().getFirst().run();
            forwarded.get();
            assertThat(sink.frames()).hasSize(lines + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_firstFramesFillTheSink_waitsBeforeMoreArrives(Transport transport) throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        RecordingSink sink = new RecordingSink().withRoom(2);
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST + FIRST + FIRST);
                    await(waits);
                    connection.sendChunk(LAST);
                    connection.sendLastChunk();
                }));
                Exchange exchange = open(fixture)) {
            CompletableFuture<@Nullable Void> forwarded = forwardElsewhere(exchange, sink);
            Eventually.await("the sink makes it wait", () -> sink.resumes().size() == 1);
            waits.countDown();

            sink.withRoom(Integer.MAX_VALUE).resumes().getFirst().run();
            forwarded.get();
            assertThat(sink.frames()).containsExactly(FIRST, FIRST, FIRST, LAST);
        }
    }

    /** Time passes until another call, which has the same limit, is over it. */
    @ParameterizedTest
    @EnumSource
    void forward_resumedTwice_countsOnce(Transport transport) throws Exception {
        ManualTicker ticker = new ManualTicker();
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CountDownLatch waitsAgain = new CountDownLatch(1);
        ConnectionScript script = connection -> {
            boolean isSilent = connection.readRequest().requestLine().contains("/silent");
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(FIRST);
            if (isSilent) {
                connection.awaitDisconnect();
            }
            connection.sendChunk(FIRST);
            await(mayGoOn);
            connection.sendChunk(FIRST);
            await(waitsAgain); // frames that arrive together are handed over together
            connection.sendChunk(LAST);
            connection.sendLastChunk();
        };
        RecordingSink sink = new RecordingSink().withRoom(2);
        try (ExchangeFixture fixture =
                        ExchangeFixture.start(transport.factory(), script, phases(LONG, SHORT), ticker::nanos);
                Exchange exchange = open(fixture)) {
            CompletableFuture<@Nullable Void> forwarded = forwardElsewhere(exchange, sink);
            Eventually.await("the sink makes it wait", () -> sink.resumes().size() == 1);
            sink.withRoom(3).resumes().getFirst().run();
            mayGoOn.countDown();
            Eventually.await("the sink makes it wait again", () -> sink.resumes().size() == 2);
            waitsAgain.countDown();

            sink.resumes().getFirst().run(); // must neither deliver more nor start the limit from frame to frame
            try (Exchange silent = open(fixture, ExchangeRequest.post(Operation.GENERATE, "/silent", new byte[2]))) {
                CompletableFuture<@Nullable Void> other = forwardElsewhere(silent, new RecordingSink());
                Eventually.await("the other call is over its limit", () -> {
                    ticker.advance(SHORT.dividedBy(10));
                    return other.isCompletedExceptionally();
                });
            }
            assertThat(forwarded).isNotDone();
            assertThat(sink.frames()).containsExactly(FIRST, FIRST, FIRST);

            sink.withRoom(Integer.MAX_VALUE).resumes().getLast().run();
            forwarded.get();
            assertThat(sink.frames()).containsExactly(FIRST, FIRST, FIRST, LAST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_sinkNeverReady_isEndedByItsCancellation(Transport transport) {
        Cancellation cancellation = Cancellation.create();
        CallContext context = CallContext.create().withCancellation(cancellation);
        assertEndsWhilePaused(transport, System::nanoTime, context, cancellation::cancel, CallCancelledException.class);
    }

    @ParameterizedTest
    @EnumSource
    void forward_sinkNeverReady_isEndedByItsDeadline(Transport transport) {
        ManualTicker ticker = new ManualTicker();
        CallContext context = CallContext.within(Duration.ofSeconds(1), ticker::nanos);
        assertEndsWhilePaused(
                transport, ticker::nanos, context, () -> ticker.advance(Duration.ofSeconds(1)), LlmTimeoutException.class);
    }

    @ParameterizedTest
    @EnumSource
    void close_whileForwarding_endsItWithoutAFurtherFrame(Transport transport) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        RecordingSink sink = new RecordingSink().withRoom(2);
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST);
                    connection.sendChunk(FIRST);
                    await(closed);
                    connection.sendChunk(FIRST);
                    connection.awaitDisconnect();
                }))) {
            Exchange exchange = open(fixture);
            CompletableFuture<@Nullable Void> forwarded = forwardElsewhere(exchange, sink);
            Eventually.await("the sink makes it wait", () -> sink.resumes().size() == 1);
            exchange.close();
            closed.countDown();

            assertThatThrownBy(forwarded::get).hasCauseInstanceOf(CallCancelledException.class);
            sink.withRoom(Integer.MAX_VALUE).resumes().getFirst().run();
            assertThat(sink.frames()).containsExactly(FIRST, FIRST);
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void close_betweenFramesThatCameTogether_endsItWithoutAFurtherFrame(Transport transport) throws Exception {
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST);
                    connection.sendChunk(FIRST + FIRST + FIRST);
                    connection.awaitDisconnect();
                }))) {
            Exchange exchange = open(fixture);
            assertThat(exchange.next()).isNotNull();
            sink.onEachFrame(exchange::close);

            assertThatThrownBy(() -> exchange.forward(sink)).isInstanceOf(CallCancelledException.class);
            assertThat(sink.frames()).containsExactly(FIRST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_sinkThrowsAtAFrameThatCameWithTheFirst_closesTheConnection(Transport transport) {
        assertRefusalCloses(transport, connection -> connection.sendChunk(FIRST + FIRST), () -> {});
    }

    @ParameterizedTest
    @EnumSource
    void forward_sinkThrowsAtALaterFrame_closesTheConnection(Transport transport) {
        CountDownLatch pulled = new CountDownLatch(1);
        assertRefusalCloses(
                transport,
                connection -> {
                    connection.sendChunk(FIRST);
                    await(pulled);
                    connection.sendChunk(FIRST);
                },
                pulled::countDown);
    }

    private static void assertRefusalCloses(Transport transport, ConnectionScript frames, Runnable afterTheFirst) {
        IllegalStateException gone = new IllegalStateException("the client is gone");
        RecordingSink sink = new RecordingSink().refusing(gone);
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    frames.play(connection);
                    connection.awaitDisconnect();
                }));
                Exchange exchange = open(fixture)) {
            assertThat(exchange.next()).isNotNull();
            afterTheFirst.run();
            assertThatThrownBy(() -> exchange.forward(sink)).isSameAs(gone);

            assertThat(sink.frames()).isEmpty();
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_silentServer_timesOutInTheBody(Transport transport) {
        assertTimeout(transport, ScriptedConnection::awaitDisconnect);
    }

    @ParameterizedTest
    @EnumSource
    void forward_heartbeatsAlone_timeOutInTheBody(Transport transport) {
        assertTimeout(transport, connection -> sendForEver(connection, "\n"));
    }

    @ParameterizedTest
    @EnumSource
    void forward_frameThatDripsInByteByByte_timesOutInTheBody(Transport transport) {
        assertTimeout(transport, connection -> sendForEver(connection, " "));
    }

    @ParameterizedTest
    @EnumSource
    void forward_endThatDoesNotFollowTheTerminalFrame_isCompleteAllTheSame(Transport transport) {
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST);
                    connection.sendChunk(LAST);
                    connection.sendChunk(FIRST);
                    connection.awaitDisconnect();
                }));
                Exchange exchange = open(fixture)) {
            exchange.forward(sink);

            assertThat(sink.frames()).containsExactly(FIRST, LAST, FIRST);
            assertThat(exchange.next()).isNull();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    private static void assertEndsWhilePaused(
            Transport transport, Ticker ticker, CallContext context, Runnable ending, Class<? extends LlmException> expected) {
        RecordingSink sink = new RecordingSink().withRoom(2);
        ConnectionScript script = answer(connection -> {
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(FIRST);
            connection.sendChunk(FIRST);
            connection.awaitDisconnect();
        });
        try (ExchangeFixture fixture = ExchangeFixture.start(transport.factory(), script, ExchangeTimeouts.DEFAULT, ticker);
                Exchange exchange = fixture.port().open(generate(), context)) {
            CompletableFuture<@Nullable Void> forwarded = forwardElsewhere(exchange, sink);
            Eventually.await("the sink makes it wait", () -> sink.resumes().size() == 1);
            ending.run();

            assertThatThrownBy(forwarded::get).hasCauseInstanceOf(expected);
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    private static void assertTimeout(Transport transport, ConnectionScript afterFirst) {
        RecordingSink sink = new RecordingSink();
        try (ExchangeFixture fixture = start(transport, phases(LONG, SHORT), answer(connection -> {
                    connection.sendChunkedHead(NDJSON);
                    connection.sendChunk(FIRST);
                    afterFirst.play(connection);
                }));
                Exchange exchange = open(fixture)) {
            LlmTimeoutException failure = catchThrowableOfType(LlmTimeoutException.class, () -> exchange.forward(sink));

            assertThat(failure).as("the call times out").isNotNull();
            assertThat(failure.phase()).isEqualTo(CallPhase.BODY);
            assertThat(failure.limit()).isEqualTo(SHORT);
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    private static void assertFails(Exchange exchange, RecordingSink sink, Class<? extends LlmException> expected) {
        LlmException failure = catchThrowableOfType(expected, () -> exchange.forward(sink));
        assertThat(failure).isNotNull();
        assertThat(failure.facts().status()).isEqualTo(200);
        Stream.of(1, 2).forEach(again -> {
            assertThatThrownBy(() -> exchange.forward(sink)).isSameAs(failure);
            assertThatThrownBy(exchange::next).isSameAs(failure);
        });
    }

    private static CompletableFuture<@Nullable Void> forwardElsewhere(Exchange exchange, RecordingSink sink) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                exchange.forward(sink);
                done.complete(null);
            } catch (RuntimeException | Error failure) {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    private static ExchangeFixture start(Transport transport, ConnectionScript script) {
        return start(transport, ExchangeTimeouts.DEFAULT, script);
    }

    private static ExchangeFixture start(Transport transport, ExchangeTimeouts times, ConnectionScript script) {
        return ExchangeFixture.start(transport.factory(), script, times);
    }

    private static ConnectionScript answer(ConnectionScript answer) {
        return connection -> {
            connection.readRequest();
            answer.play(connection);
        };
    }

    private static Exchange open(ExchangeFixture fixture) {
        return open(fixture, generate());
    }

    private static Exchange open(ExchangeFixture fixture, ExchangeRequest request) {
        return fixture.port().open(request, CallContext.create());
    }

    private static ExchangeRequest generate() {
        return ExchangeRequest.post(Operation.GENERATE, "/api/generate", new byte[2]);
    }

    private static ExchangeTimeouts phases(Duration head, Duration gap) {
        return new ExchangeTimeouts(new PhaseLimits(LONG, head, gap), LONG);
    }

    private static void sendForEver(ScriptedConnection connection, String chunk) throws IOException {
        while (true) {
            connection.sendChunk(chunk);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted");
        }
    }
}
