package dev.paddock.adapters.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.testsupport.ManualTicker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpExchangePortTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String TOKEN = "{\"response\":\"a\",\"done\":false}\n";
    private static final String DONE = "{\"response\":\"\",\"done\":true}\n";
    private static final ExchangeRequest CHAT = ExchangeRequest.post(
            Operation.CHAT, "/api/chat", "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8));

    private static final ConnectionScript SILENT = connection -> {
        connection.readRequest();
        connection.awaitDisconnect();
    };

    @Test
    void open_plainRequest_sendsWhatEveryRequestCarries() {
        try (ExchangeFixture fixture = ExchangeFixture.start(ConnectionScript.json("{}"))) {
            ExchangeFixture.contents(fixture.port().open(CHAT, CallContext.create()));

            ReceivedRequest request = fixture.server().requests().getFirst();
            assertThat(request.requestLine()).isEqualTo("POST /base/api/chat HTTP/1.1");
            assertThat(request.values("content-type")).containsExactly("application/json");
            assertThat(request.values("authorization")).containsExactly("Bearer secret");
            assertThat(request.values("user-agent")).containsExactly("paddock");
            assertThat(request.values("connection")).isEmpty();
            assertThat(request.body()).isEqualTo("{\"model\":\"m\"}");
        }
    }

    @Test
    void open_requestWithFieldsOfItsOwn_keepsThem() {
        ExchangeRequest request = CHAT.withHeaders(Headers.of("authorization", "Bearer other")
                .with("content-type", "application/json; charset=utf-8"));
        try (ExchangeFixture fixture = ExchangeFixture.start(ConnectionScript.json("{}"))) {
            ExchangeFixture.contents(fixture.port().open(request, CallContext.create()));

            ReceivedRequest received = fixture.server().requests().getFirst();
            assertThat(received.values("authorization")).containsExactly("Bearer other");
            assertThat(received.values("content-type")).containsExactly("application/json; charset=utf-8");
        }
    }

    @Test
    void next_completeStream_givesItsFramesAndThenNothing() {
        try (ExchangeFixture fixture = ExchangeFixture.start(stream(TOKEN, DONE))) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());

            assertThat(exchange.head().framing()).isEqualTo(Framing.LINES);
            assertThat(ExchangeFixture.contents(exchange)).containsExactly(TOKEN.strip(), DONE.strip());
            assertThat(exchange.next()).isNull();
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void next_streamWithoutItsLastFrame_isTruncatedAndStaysSo() {
        try (ExchangeFixture fixture = ExchangeFixture.start(stream(TOKEN))) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            exchange.next();

            assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(exchange::next);
            assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(exchange::next);
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void next_emptyStream_isTruncated() {
        try (ExchangeFixture fixture = ExchangeFixture.start(stream())) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());

            assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(exchange::next);
        }
    }

    @Test
    void next_errorLineInTheStream_isAFailureWithTheServersText() {
        try (ExchangeFixture fixture =
                ExchangeFixture.start(stream(TOKEN, "{\"error\":\"the runner has stopped\"}\n"))) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            exchange.next();

            assertThatExceptionOfType(GenerationFailedException.class)
                    .isThrownBy(exchange::next)
                    .withMessageContaining("the runner has stopped");
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void next_lastLineWithoutALineEnd_isTakenForComplete() {
        try (ExchangeFixture fixture = ExchangeFixture.start(stream(TOKEN, DONE.strip()))) {
            assertThat(ExchangeFixture.contents(fixture.port().open(CHAT, CallContext.create())))
                    .hasSize(2);
        }
    }

    @Test
    void close_afterTheTerminalFrame_keepsTheConnection() {
        ConnectionScript together = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(TOKEN);
            connection.send(Integer.toHexString(DONE.length()) + "\r\n" + DONE + "\r\n0\r\n\r\n"); // the end is not waited for long
        });
        try (ExchangeFixture fixture = ExchangeFixture.start(together)) {
            for (int call = 0; call < 3; call++) {
                try (Exchange exchange = fixture.port().open(CHAT, CallContext.create())) {
                    exchange.next();
                    Frame last = exchange.next();
                    assertThat(last).isNotNull();
                    assertThat(last.isTerminal()).isTrue();
                }
            }
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
    }

    @Test
    void next_bodyThatGoesOnAfterTheTerminalFrame_isCompleteButTheConnectionIsNotReused() {
        ConnectionScript goesOn = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(DONE);
            connection.awaitDisconnect();
        });
        try (ExchangeFixture fixture = ExchangeFixture.start(goesOn)) {
            assertThat(ExchangeFixture.contents(fixture.port().open(CHAT, CallContext.create())))
                    .hasSize(1);
            Eventually.await("the server sees the end", () -> fixture.server().open() == 0);
        }
    }

    /** The LF of the last CRLF comes as a frame of its own, and with an endless sequence of comments nothing is waited for. */
    @Test
    void close_framesWithoutContentAfterTheTerminalFrame_keepTheConnectionOnlyIfTheBodyEnds() {
        String finished = "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}";
        String events = finished + "\r\n\r\ndata: [DONE]\r\n\r\n";
        ConnectionScript ends = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse("200 OK", "text/event-stream", events));
        try (ExchangeFixture fixture = ExchangeFixture.start(ends)) {
            for (int call = 0; call < 3; call++) {
                readToTheTerminalFrame(fixture.port().open(CHAT, CallContext.create()));
            }
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
        ConnectionScript goesOn = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("text/event-stream");
            connection.sendChunk(finished + "\n\ndata: [DONE]\n\n");
            while (true) {
                connection.sendChunk(": ping\n\n");
            }
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(goesOn)) {
            readToTheTerminalFrame(fixture.port().open(CHAT, CallContext.create()));
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees the end", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void close_contentAfterTheTerminalFrame_closesTheConnectionAtOnce() {
        ConnectionScript goesOn = connection -> {
            connection.readRequest();
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(DONE + TOKEN);
            connection.awaitDisconnect();
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(goesOn)) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            assertThat(exchange.next().isTerminal()).isTrue();
            assertThat(exchange.next().isTerminal()).isFalse();

            exchange.close();

            assertThat(exchange.next()).isNull();
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees the end", () -> fixture.server().open() == 0);
        }
    }

    private static void readToTheTerminalFrame(Exchange exchange) {
        try (exchange) {
            Frame frame = exchange.next();
            while (!frame.isTerminal()) {
                frame = exchange.next();
            }
        }
    }

    @Test
    void close_streamHalfRead_cancelsAndTheServerSeesIt() {
        try (ExchangeFixture fixture = ExchangeFixture.start(endless())) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            exchange.next();

            exchange.close();
            exchange.close();

            assertThat(fixture.pool().usage().leased()).isZero();
            assertThatExceptionOfType(CallCancelledException.class).isThrownBy(exchange::next);
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void open_contextCancelledBefore_failsAndSendsNothing() {
        try (ExchangeFixture fixture = ExchangeFixture.start(ConnectionScript.json("{}"))) {
            CallContext context = CallContext.create();
            context.cancellation().cancel();

            assertThatExceptionOfType(CallCancelledException.class)
                    .isThrownBy(() -> fixture.port().open(CHAT, context));
            assertThat(fixture.server().requests()).isEmpty();
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void open_cancelledWhileTheModelLoads_failsAtOnceAndTheServerSeesIt() throws Exception {
        try (ExchangeFixture fixture = ExchangeFixture.start(SILENT)) {
            CallContext context = CallContext.create();
            CompletableFuture<LlmException> outcome = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(
                            LlmException.class, () -> fixture.port().open(CHAT, context)),
                    Thread.ofVirtual()::start);
            Eventually.await("the request arrives", () -> fixture.server().requests().size() == 1);

            context.cancellation().cancel();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(CallCancelledException.class);
            assertThat(fixture.pool().usage().leased()).isZero();
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void open_deadlineWhileTheModelLoads_isATimeoutOfTheWholeCall() {
        try (ExchangeFixture fixture = ExchangeFixture.start(SILENT)) {
            LlmTimeoutException failure = catchThrowableOfType(LlmTimeoutException.class, () -> fixture.port()
                    .open(CHAT, CallContext.within(Duration.ofMillis(100), System::nanoTime)));

            assertThat(failure.phase()).isEqualTo(CallPhase.CALL);
            assertThat(failure.limit()).isEqualTo(Duration.ofMillis(100));
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void next_deadlineInTheStream_isATimeoutOfTheWholeCall() {
        ConnectionScript stalls = connection -> {
            connection.readRequest();
            connection.sendChunkedHead(NDJSON);
            connection.sendChunk(TOKEN);
            connection.awaitDisconnect();
        };
        ManualTicker ticker = new ManualTicker();
        try (ExchangeFixture fixture =
                ExchangeFixture.start(new Apache5TransportFactory(), stalls, ExchangeTimeouts.DEFAULT, ticker::nanos)) {
            Exchange exchange =
                    fixture.port().open(CHAT, CallContext.within(Duration.ofMillis(300), ticker::nanos));
            exchange.next();
            ticker.advance(Duration.ofMillis(300));

            LlmTimeoutException failure = catchThrowableOfType(LlmTimeoutException.class, exchange::next);

            assertThat(failure.phase()).isEqualTo(CallPhase.CALL);
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void close_lease_endsOpenExchangesTyped() {
        try (ExchangeFixture fixture = ExchangeFixture.start(endless())) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            exchange.next();

            fixture.lease().close();

            assertThatExceptionOfType(ClientClosedException.class)
                    .isThrownBy(() -> ExchangeFixture.contents(exchange));
            assertThatExceptionOfType(ClientClosedException.class)
                    .isThrownBy(() -> fixture.port().open(CHAT, CallContext.create()));
            Eventually.await("the server sees it", () -> fixture.server().open() == 0);
        }
    }

    @Test
    void open_poolFull_namesTheLimitAndHowToRaiseIt() {
        try (ExchangeFixture fixture =
                ExchangeFixture.start(endless(), PoolLimits.DEFAULT.withConnectionsPerHost(1))) {
            fixture.port().open(CHAT, CallContext.create());

            PoolExhaustedException failure = catchThrowableOfType(
                    PoolExhaustedException.class, () -> fixture.port().open(CHAT, CallContext.create()));

            assertThat(failure.limit()).isEqualTo(1);
            assertThat(failure.advice()).contains("Raise the limit").contains("wait for a free one");
        }
    }

    @Test
    void open_poolFullBeforeTheCallIsPrepared_failsAsThePoolDoes() {
        try (ExchangeFixture fixture =
                ExchangeFixture.start(endless(), PoolLimits.DEFAULT.withConnectionsPerHost(1))) {
            AtomicInteger passed = new AtomicInteger();
            ExchangePort port = FullPoolExchangePort.decorator(fixture.lease(), new BackendId("http://a:1"), MetricsPort.noOp())
                    .decorate((request, context) -> {
                        passed.incrementAndGet();
                        return fixture.port().open(request, context);
                    });
            Exchange holder = port.open(CHAT, CallContext.create());

            PoolExhaustedException early =
                    catchThrowableOfType(PoolExhaustedException.class, () -> port.open(CHAT, CallContext.create()));
            PoolExhaustedException late =
                    catchThrowableOfType(PoolExhaustedException.class, () -> fixture.port().open(CHAT, CallContext.create()));

            assertThat(passed).hasValue(1);
            assertThat(early.limit()).isEqualTo(late.limit());
            assertThat(early.facts().phase()).isEqualTo(late.facts().phase());
            assertThat(early.facts().attempts()).isEqualTo(late.facts().attempts());
            assertThat(early).hasMessage("all 1 connections to http://a:1 are in use");
            assertThat(fixture.pool().totals().exhausted()).isEqualTo(2);
            holder.close();
            port.open(CHAT, CallContext.create()).close();
        }
    }

    @Test
    void open_nobodyListens_isUnavailableAndSaysWhere() {
        ExchangeFixture fixture = ExchangeFixture.start(ConnectionScript.json("{}"));
        try (fixture) {
            fixture.server().close();

            BackendUnavailableException failure = catchThrowableOfType(
                    BackendUnavailableException.class, () -> fixture.port().open(CHAT, CallContext.create()));

            assertThat(failure).hasMessageContaining(fixture.server().baseUrl());
            assertThat(failure.facts().backend()).isEqualTo(new BackendId(fixture.server().baseUrl() + "/base"));
            assertThat(failure.facts().phase()).isEqualTo(CallPhase.CONNECT);
            assertThat(failure.advice()).contains("ollama serve");
        }
    }

    @Test
    void open_serverLeavesWithoutAnswer_isALostConnection() {
        try (ExchangeFixture fixture = ExchangeFixture.start(connection -> connection.readRequest())) {
            assertThatExceptionOfType(ConnectionLostException.class)
                    .isThrownBy(() -> fixture.port().open(CHAT, CallContext.create()));
        }
    }

    @Test
    void open_serverThatSpeaksNoHttp_isMalformed() {
        ConnectionScript noHttp = connection -> {
            connection.readRequest();
            connection.send("220 mail.example ESMTP\r\n");
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(noHttp)) {
            assertThatExceptionOfType(MalformedResponseException.class)
                    .isThrownBy(() -> fixture.port().open(CHAT, CallContext.create()));
        }
    }

    @Test
    void next_errorStatus_isADocumentWhateverItsContentTypeSays() {
        ConnectionScript busy = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse("503 Service Unavailable", NDJSON, "{\"error\":\"busy\"}"));
        try (ExchangeFixture fixture = ExchangeFixture.start(busy)) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());

            assertThat(exchange.head().status()).isEqualTo(503);
            assertThat(ExchangeFixture.contents(exchange)).containsExactly("{\"error\":\"busy\"}");
        }
    }

    @Test
    void next_largeChunkedDocument_arrivesWholeInPieces() {
        String body = "[" + "1234567890,".repeat(50_000) + "0]";
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/json");
            connection.sendChunk(body);
            connection.sendLastChunk();
        });
        try (ExchangeFixture fixture = ExchangeFixture.start(script)) {
            List<String> parts = ExchangeFixture.frames(fixture.port().open(CHAT, CallContext.create()));

            assertThat(String.join("", parts)).isEqualTo(body);
            assertThat(parts).hasSizeGreaterThan(1);
            assertThat(fixture.pool().usage().leased()).as("leases of a document read to its end").isZero();
        }
    }

    @Test
    void toString_settingsWithAKey_doesNotShowIt() {
        assertThat(ExchangeSettings.DEFAULT.withApiKey("secret").toString().toLowerCase(Locale.ROOT))
                .doesNotContain("secret");
    }

    private static ConnectionScript stream(String... lines) {
        return ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(NDJSON);
            for (String line : lines) {
                connection.sendChunk(line);
            }
            connection.sendLastChunk();
        });
    }

    private static ConnectionScript endless() {
        return ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(NDJSON);
            while (true) {
                connection.sendChunk(TOKEN);
            }
        });
    }
}
