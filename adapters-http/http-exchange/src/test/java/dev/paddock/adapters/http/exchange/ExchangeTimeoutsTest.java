package dev.paddock.adapters.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.testsupport.ManualTicker;
import dev.paddock.testsupport.Parallel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes too long is ended, and named for the phase that took too long. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExchangeTimeoutsTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final byte[] LINE = "{\"response\":\"a\"}\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void open_silentServer_timesOutInTheHead() {
        assertTimeout(phases(LONG, SHORT, LONG), generate(2), ScriptedConnection::awaitDisconnect, CallPhase.HEAD);
    }

    @Test
    void open_headThatDripsInByteByByte_timesOutInTheHead() {
        assertTimeout(
                phases(LONG, SHORT, LONG),
                generate(2),
                connection -> drip(connection, "HTTP/1.1 200 OK\r\nX-Filler: ".getBytes(StandardCharsets.UTF_8)),
                CallPhase.HEAD);
    }

    @Test
    void open_serverThatStopsReading_timesOutWhileSending() {
        CountDownLatch over = new CountDownLatch(1);
        ConnectionScript deaf = connection -> await(over);
        try (ExchangeFixture fixture = ExchangeFixture.start(deaf, phases(SHORT, LONG, LONG))) {
            LlmTimeoutException failure = catchThrowableOfType(
                    LlmTimeoutException.class,
                    () -> fixture.port().open(generate(32 << 20), CallContext.create()));

            assertThat(failure.phase()).isEqualTo(CallPhase.SEND);
            assertThat(failure.facts().progress().bytesWritten()).isLessThan(32 << 20);
            assertThat(fixture.pool().usage().leased()).isZero();
        } finally {
            over.countDown();
        }
    }

    @Test
    void open_lookupOfASilentServer_timesOutEarlierThanAGeneration() {
        ExchangeTimeouts limits = new ExchangeTimeouts(new PhaseLimits(LONG, LONG, LONG), SHORT);
        ExchangeRequest lookup = ExchangeRequest.get(Operation.LIST_MODELS, "/api/tags");
        assertTimeout(limits, lookup, ScriptedConnection::awaitDisconnect, CallPhase.HEAD);
    }

    @Test
    void next_stalledStream_timesOutInTheBody() {
        assertTimeout(phases(LONG, LONG, SHORT), generate(2), connection -> {
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(LINE);
            connection.awaitDisconnect();
        }, CallPhase.BODY);
    }

    @Test
    void next_lineThatDripsInByteByByte_timesOutInTheBody() {
        assertTimeout(phases(LONG, LONG, SHORT), generate(2), connection -> {
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(LINE);
            drip(connection, "1\r\n \r\n".getBytes(StandardCharsets.UTF_8));
        }, CallPhase.BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ": ping\n\n", "\n", "event: ping\ndata: {\"type\": \"ping\"}\n\n", "data: {\"type\":\"ping\"}\n\n", "data: null\n\n",
        "data: \"ping\"\n\n", "event: heartbeat\ndata: {}\n\n", "event:keep-alive\n\n", "data\n\n", "id: 7\nretry: 10\n\n"
    })
    void next_headComesAtOnceAndNoFrame_timesOutByTheLimitOfTheHead(String heartbeat) {
        assertTimeoutAfterTheHead("text/event-stream", heartbeat);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        ": ping\n\n", "\n", "event: ping\ndata: {\"type\": \"ping\"}\n\n", "data: {\"type\":\"ping\"}\n\n", "data: null\n\n",
        "data: \"ping\"\n\n", "event: heartbeat\ndata: {}\n\n", "event:keep-alive\n\n", "data\n\n", "id: 7\nretry: 10\n\n"
    })
    void next_heartbeatsAloneAfterTheFirstFrame_timesOutInTheBody(String heartbeat) {
        assertTimeout(phases(LONG, LONG, SHORT), generate(2), connection -> {
            connection.sendChunkedHead("text/event-stream");
            connection.sendChunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n");
            keepAlive(connection, heartbeat);
        }, CallPhase.BODY);
    }

    @Test
    void next_linesWithoutContent_timeOutByTheLimitOfTheHead() {
        assertTimeoutAfterTheHead(NDJSON, " \n");
    }

    /** Time passes only when the head is there. */
    private static void assertTimeoutAfterTheHead(String contentType, String heartbeat) {
        ManualTicker ticker = new ManualTicker();
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendChunkedHead(contentType);
            keepAlive(connection, heartbeat);
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(
                        new Apache5TransportFactory(), script, phases(LONG, SHORT, Duration.ofNanos(1)), ticker::nanos);
                Exchange exchange = fixture.port().open(generate(2), CallContext.create())) {
            Future<LlmTimeoutException> outcome = Parallel.start(
                    () -> catchThrowableOfType(LlmTimeoutException.class, () -> ExchangeFixture.contents(exchange)));
            Eventually.await("the call ends", () -> {
                ticker.advance(SHORT.dividedBy(10));
                return outcome.isDone();
            });
            LlmTimeoutException failure = Parallel.resultOf(outcome);

            assertThat(failure).as("the call times out").isNotNull();
            assertThat(failure.phase()).isEqualTo(CallPhase.BODY);
            assertThat(failure.limit()).isEqualTo(SHORT);
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void next_firstFrameIsLaterThanTheGap_isNoTimeout() {
        ConnectionScript slow = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("text/event-stream");
            for (int ping = 0; ping < 20; ping++) {
                connection.sendChunk(": ping\n\n");
                pause(20);
            }
            connection.sendChunk("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
            connection.sendLastChunk();
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(slow, phases(LONG, LONG, Duration.ofMillis(100)))) {
            assertThat(ExchangeFixture.contents(fixture.port().open(generate(2), CallContext.create())))
                    .contains("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}");
        }
    }

    @Test
    void next_streamOfHeartbeatsAlone_timesOutInTheBody() {
        assertTimeout(phases(LONG, LONG, SHORT), generate(2), connection -> {
            connection.sendChunkedHead("text/event-stream");
            connection.sendChunk("data: {}\n\n");
            drip(connection, "8\r\n: ping\n\n\r\n".getBytes(StandardCharsets.UTF_8));
        }, CallPhase.BODY);
    }

    @Test
    void next_streamSlowerInAllThanTheGapAllows_isNoTimeout() {
        ConnectionScript steady = connection -> {
            connection.readRequest();
            connection.sendChunkedHead(NDJSON);
            for (int line = 0; line < 8; line++) {
                pause(450); // together longer than the gap; one pause leaves a busy machine two and a half seconds
                connection.sendChunk(LINE);
            }
            connection.sendChunk("{\"done\":true}\n");
            connection.sendLastChunk();
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(steady, phases(LONG, LONG, Duration.ofSeconds(3)))) {
            Exchange exchange = fixture.port().open(generate(2), CallContext.create());

            assertThat(ExchangeFixture.contents(exchange)).hasSize(9);
        }
    }

    @Test
    void next_readerThatTakesItsTime_isNoTimeout() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        ConnectionScript waits = connection -> {
            connection.readRequest();
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(LINE);
            await(asked);
            connection.sendChunk("{\"done\":true}\n");
            connection.sendLastChunk();
            sent.countDown();
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(waits, phases(LONG, LONG, SHORT))) {
            Exchange exchange = fixture.port().open(generate(2), CallContext.create());
            exchange.next();
            pause(3 * SHORT.toMillis());
            asked.countDown(); // now, so that a call that was cancelled meanwhile cannot have read the rest before
            await(sent);

            assertThat(ExchangeFixture.contents(exchange)).containsExactly("{\"done\":true}");
        }
    }

    @Test
    void new_limitThatIsNotPositive_isRefused() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new ExchangeTimeouts(PhaseLimits.DEFAULT, Duration.ZERO));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new PhaseLimits(LONG, Duration.ofMillis(-1), LONG));
    }

    private static void assertTimeout(
            ExchangeTimeouts limits, ExchangeRequest request, ConnectionScript answer, CallPhase phase) {
        ConnectionScript script = connection -> {
            connection.readRequest();
            answer.play(connection);
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(script, limits)) {
            LlmTimeoutException failure = catchThrowableOfType(LlmTimeoutException.class, () ->
                    ExchangeFixture.contents(fixture.port().open(request, CallContext.create())));

            assertThat(failure).as("the call times out").isNotNull();
            assertThat(failure.phase()).isEqualTo(phase);
            assertThat(failure.limit()).isEqualTo(SHORT);
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    private static ExchangeTimeouts phases(Duration send, Duration head, Duration gap) {
        return new ExchangeTimeouts(new PhaseLimits(send, head, gap), LONG);
    }

    private static ExchangeRequest generate(int size) {
        return ExchangeRequest.post(Operation.GENERATE, "/api/generate", new byte[size]);
    }

    /** Sends heartbeats, none for an empty text, until the peer leaves. */
    private static void keepAlive(ScriptedConnection connection, String heartbeat) throws IOException {
        if (heartbeat.isEmpty()) {
            connection.awaitDisconnect();
            return;
        }
        while (true) {
            connection.sendChunk(heartbeat);
            pause(10);
        }
    }

    /** Sends the bytes again and again, slowly, until the peer leaves. */
    private static void drip(ScriptedConnection connection, byte[] bytes) throws IOException {
        while (true) {
            for (byte each : bytes) {
                connection.send(new byte[] {each});
                pause(10);
            }
        }
    }

    /** Lets time pass, which is what the server is to do here. */
    private static void pause(long millis) throws IOException {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted");
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
