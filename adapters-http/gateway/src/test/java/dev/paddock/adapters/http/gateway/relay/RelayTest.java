package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.relay.RecordingResponder.End;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.CircuitOpenException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.CacheReport;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.PreparedCall;
import dev.paddock.ports.reuse.AnswerCachePort;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RelayTest {

    private static final String PSEUDONYM = "paddock-0123456789abcdef";
    private static final LlmException TRUNCATED = new TruncatedResponseException("cut", ErrorFacts.NONE);

    private final RecordingResponder client = new RecordingResponder();

    @Test
    void relay_knownRequest_keepsMethodTargetAndBody() {
        ScriptedPort port = answering(Framing.DOCUMENT).then("{}");

        relay(port, "POST", "/api/chat?x=%2F&y=a+b", "{ \"unknown\" : 1,  \"model\":\"llama3.2:1b\" }\r\n");

        ExchangeRequest sent = port.requests().getFirst();
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.target()).isEqualTo("/api/chat?x=%2F&y=a+b");
        assertThat(new String(sent.body().bytes(), UTF_8)).isEqualTo("{ \"unknown\" : 1,  \"model\":\"llama3.2:1b\" }\r\n");
        assertThat(sent.model()).isEqualTo("llama3.2:1b");
        assertThat(sent.hasDefaultHeaders()).isFalse();
    }

    @Test
    void relay_stream_writesEveryFrameByItself() {
        ScriptedPort port = answering(Framing.LINES).then("{\"a\":1}\n", "{\"done\":true}\n");

        RelayReport report = relay(port, "POST", "/api/chat", "{}");

        assertThat(client.pieces()).containsExactly("{\"a\":1}\n", "{\"done\":true}\n");
        assertThat(client.howItEnded()).isEqualTo(End.WHOLE);
        assertThat(client.head().length()).isEqualTo(ServerResponseHead.UNKNOWN);
        assertThat(report.outcome()).isEqualTo(RelayReport.OK);
        assertThat(report.attempts()).isEqualTo(2);
        assertThat(port.closed()).isEqualTo(1);
    }

    @Test
    void relay_errorStatus_isKeptWithItsBody() {
        ScriptedPort port = ScriptedPort.answering(
                        404, Headers.of("Content-Length", "30"), Framing.DOCUMENT)
                .then("{\"error\":\"model 'm' not", " found\"}\n");

        RelayReport report = relay(port, "POST", "/api/chat", "{\"model\":\"m\"}");

        assertThat(client.head().status()).isEqualTo(404);
        assertThat(client.head().length()).isEqualTo(30);
        assertThat(client.body()).isEqualTo("{\"error\":\"model 'm' not found\"}\n");
        assertThat(report.outcome()).isEqualTo("model_not_found");
    }

    @Test
    void relay_emptyAnswer_hasLengthZero() {
        relay(answering(Framing.DOCUMENT), "POST", "/api/copy", "{}");

        assertThat(client.head().length()).isZero();
        assertThat(client.howItEnded()).isEqualTo(End.WHOLE);
    }

    @Test
    void relay_headRequest_keepsTheLengthThatIsTold() {
        relay(
                ScriptedPort.answering(200, Headers.of("Content-Length", "17"), Framing.DOCUMENT),
                "HEAD",
                "/api/tags",
                "");

        assertThat(client.head().length()).isEqualTo(17);
        assertThat(client.bytes()).isEmpty();
    }

    static Stream<LlmException> failures() {
        CallProgress sent = new CallProgress(CallPhase.HEAD, 10, 10, false, false);
        ErrorFacts facts = ErrorFacts.NONE.withBackend(new BackendId("http://secret-host:11434")).withProgress(sent);
        return Stream.of(
                new PoolExhaustedException(10, facts),
                new CircuitOpenException("prompt-like-model", facts.withRetryAfter(Duration.ofSeconds(7))),
                new BackendUnavailableException("http://secret-host:11434 refused", facts),
                new LlmTimeoutException(CallPhase.HEAD, Duration.ofSeconds(3), facts, null),
                new ConnectionLostException("http://secret-host:11434 lost", facts),
                new TruncatedResponseException("http://secret-host:11434 cut", facts),
                new MalformedResponseException("http://secret-host:11434 junk", facts),
                new CallCancelledException("http://secret-host:11434 stopped", facts));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void relay_failureBeforeTheFirstFrame_isAnsweredByItsKind(LlmException failure) {
        RelayReport report = relay(ScriptedPort.failing(failure), "POST", "/api/chat", "{}");

        int expected = switch (failure.kind()) {
            case TIMEOUT -> 504;
            case CONNECTION_LOST, TRUNCATED_RESPONSE, MALFORMED_RESPONSE -> 502;
            default -> 503;
        };
        assertThat(client.head().status()).isEqualTo(expected);
        assertThat(client.body()).startsWith("{\"error\":\"").doesNotContain("secret-host", "prompt-like");
        assertThat(client.howItEnded()).isEqualTo(End.WHOLE);
        assertThat(client.head().headers().first("x-should-retry")).isEqualTo(expected == 503 ? "true" : "false");
        assertThat(client.head().headers().contains("Retry-After")).isEqualTo(expected == 503);
        assertThat(report.outcome()).isEqualTo(failure.kind().label());
    }

    @Test
    void relay_failureWhileTheFirstFrameIsAwaited_isAnsweredByItsKindToo() {
        relay(answering(Framing.EVENTS).thenFails(TRUNCATED), "POST", "/v1/chat/completions", "{}");

        assertThat(client.head().status()).isEqualTo(502);
        assertThat(client.body())
                .startsWith("{\"error\":{\"message\":\"")
                .endsWith("\"type\":\"api_error\",\"param\":null,\"code\":null}}");
    }

    @Test
    void relay_askedWait_isPassedOnWithJitterUpwards() {
        ErrorFacts facts = ErrorFacts.NONE.withRetryAfter(Duration.ofSeconds(8));
        relay(ScriptedPort.failing(new CircuitOpenException(facts)), "POST", "/api/chat", "{}");

        assertThat(Long.parseLong(client.head().headers().first("Retry-After"))).isBetween(8L, 11L);
    }

    @ParameterizedTest
    @CsvSource({"/api/tags, GET, true", "/api/embed, POST, true", "/api/chat, POST, false", "/api/pull, POST, false"})
    void relay_lostAfterSending_isRecommendedForRetryOnlyIfItMayBeDoneTwice(String path, String method, String retry) {
        ErrorFacts facts = ErrorFacts.NONE.withProgress(new CallProgress(CallPhase.HEAD, 2, 2, false, false));
        relay(ScriptedPort.failing(new ConnectionLostException("lost", facts)), method, path, "{}");

        assertThat(client.head().headers().first("x-should-retry")).isEqualTo(retry);
    }

    @Test
    void relay_firstFrameTellsAFailure_isAnsweredWithTheServersWords() {
        Frame frame = Frame.data("{\"error\":\"the runner died\"}\n".getBytes(UTF_8));
        LlmException failure = reported("http://secret-host failed", frame);

        relay(answering(Framing.LINES).thenFails(failure), "POST", "/api/chat", "{}");

        assertThat(client.head().status()).isEqualTo(500);
        assertThat(client.body()).isEqualTo("{\"error\":\"the runner died\"}");
    }

    @Test
    void relay_linesCut_endWithAnErrorLineAndWithoutAnEnd() {
        relay(answering(Framing.LINES).then("{\"a\":1}\n").thenFails(TRUNCATED), "POST", "/api/chat", "{}");

        assertThat(client.body()).matches("\\{\"a\":1}\n\\{\"error\":\"[^\"]+\"}\n");
        assertThat(client.howItEnded()).isEqualTo(End.ABORTED);
    }

    @Test
    void relay_linesCutInsideALine_endTheLineFirst() {
        relay(answering(Framing.LINES).then("{\"a\":1}\n", "{\"b").thenFails(TRUNCATED), "POST", "/api/chat", "{}");

        assertThat(client.body()).matches("\\{\"a\":1}\n\\{\"b\n\\{\"error\":\"[^\"]+\"}\n");
    }

    @ParameterizedTest
    @CsvSource({"'data: {}\n\n', ''", "'data: {}\r\n\r\n', ''", "'data: {}', '\n\n'", "'data: {}\n', '\n\n'"})
    void relay_eventsCut_endWithAnErrorEventAndWithoutDone(String last, String between) {
        relay(answering(Framing.EVENTS).then(last).thenFails(TRUNCATED), "POST", "/v1/chat/completions", "{}");

        assertThat(client.body())
                .startsWith(last + between + "data: {\"error\":{\"message\":")
                .endsWith("}}\n\n")
                .doesNotContain("[DONE]");
        assertThat(client.howItEnded()).isEqualTo(End.ABORTED);
    }

    @Test
    void relay_messagesCut_endWithANamedErrorEvent() {
        relay(answering(Framing.EVENTS).then("event: ping\ndata: {}\n\n").thenFails(TRUNCATED), "POST", "/v1/messages", "{}");

        assertThat(client.body())
                .startsWith("event: ping\ndata: {}\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
                .contains("\"request_id\":\"id-1\"")
                .doesNotContain("message_stop");
        assertThat(client.howItEnded()).isEqualTo(End.ABORTED);
    }

    @Test
    void relay_documentCut_isAbortedWithoutAWord() {
        relay(answering(Framing.DOCUMENT).then("{\"a\":").thenFails(TRUNCATED), "POST", "/api/chat", "{}");

        assertThat(client.body()).isEqualTo("{\"a\":");
        assertThat(client.howItEnded()).isEqualTo(End.ABORTED);
    }

    @Test
    void relay_serverTellsTheFailureItself_isPassedOnUnchangedAndEndsAsTheServerEndedIt() {
        Frame frame = Frame.data("{\"error\":\"upstream's own\"}\n".getBytes(UTF_8));
        LlmException failure = reported("failed", frame);

        RelayReport report =
                relay(answering(Framing.LINES).then("{\"a\":1}\n").thenFails(failure), "POST", "/api/chat", "{}");

        assertThat(client.body()).isEqualTo("{\"a\":1}\n{\"error\":\"upstream's own\"}\n");
        assertThat(client.howItEnded()).isEqualTo(End.WHOLE);
        assertThat(report.outcome()).isEqualTo("generation_failed");
    }

    @Test
    void relay_clientLeavesInTheMiddle_closesTheExchange() {
        ScriptedPort port = answering(Framing.LINES).then("{\"a\":1}\n", "{\"a\":2}\n", "{\"done\":true}\n");
        client.leaveAfter(1);

        RelayReport report = relay(port, "POST", "/api/chat", "{}");

        assertThat(report.outcome()).isEqualTo(RelayReport.CLIENT_GONE);
        assertThat(port.closed()).isEqualTo(1);
    }

    @Test
    void relay_clientLeavesAfterTheLastFrame_hasAllOfIt() {
        ScriptedPort port = answering(Framing.EVENTS).thenTerminal("data: [DONE]\n\n").then("\n");
        client.leaveAfter(1);

        RelayReport report = relay(port, "POST", "/v1/chat/completions", "{}");

        assertThat(report.outcome()).isEqualTo(RelayReport.OK);
        assertThat(port.closed()).isEqualTo(1);
    }

    @Test
    void relay_clientLeavesWhileItWaits_writesNothing() {
        client.leave();

        RelayReport report = relay(
                ScriptedPort.failing(new CallCancelledException("cancelled", ErrorFacts.NONE)), "POST", "/api/chat", "{}");

        assertThat(report.outcome()).isEqualTo(RelayReport.CLIENT_GONE);
        assertThat(client.hasBegun()).isFalse();
    }

    @Test
    void relay_stoppedInTheMiddle_saysSo() {
        LlmException stopped = new CallCancelledException("cancelled", ErrorFacts.NONE);

        relay(answering(Framing.LINES).then("{\"a\":1}\n").thenFails(stopped), "POST", "/api/chat", "{}");

        assertThat(client.body()).endsWith("{\"error\":\"the gateway is shutting down\"}\n");
        assertThat(client.howItEnded()).isEqualTo(End.ABORTED);
    }

    @Test
    void relay_requestThatIsNone_isRefused() {
        ScriptedPort port = answering(Framing.DOCUMENT);

        relay(port, "GE-T", "/api/tags", "");

        assertThat(client.head().status()).isEqualTo(400);
        assertThat(port.requests()).isEmpty();
    }

    @Test
    void relay_events_tellProxiesNotToHoldThem() {
        relay(answering(Framing.EVENTS).then("data: [DONE]\n\n"), "POST", "/v1/chat/completions", "{}");

        assertThat(client.head().headers().first("X-Accel-Buffering")).isEqualTo("no");
        assertThat(client.head().headers().all("Cache-Control")).containsExactly("no-cache, no-transform");
    }

    @Test
    void relay_head_keepsWhatTravelsAndNothingElse() {
        ScriptedPort port = answering(Framing.DOCUMENT);
        List<Header> fields = List.of(
                new Header("Host", "gateway:11435"),
                new Header("Content-Type", "application/json; charset=x"),
                new Header("X-Custom", "one"),
                new Header("x-custom", "two"),
                new Header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                new Header("Connection", "keep-alive, X-Foo, Content-Type, Via, X-Request-Id"),
                new Header("Keep-Alive", "timeout=5"),
                new Header("X-Foo", "hop"),
                new Header("TE", "trailers"),
                new Header("Trailer", "X-Sum"),
                new Header("Upgrade", "h2c"),
                new Header("HTTP2-Settings", "AAMAAABkAAQAoAAAAAIAAAAA"),
                new Header("Proxy-Authorization", "Basic x"),
                new Header("Proxy-Connection", "keep-alive"),
                new Header("Authorization", "Bearer client-key"),
                new Header("X-API-Key", "client-key"),
                new Header("Cookie", "a=b"),
                new Header("Accept-Encoding", "gzip"),
                new Header("Expect", "100-continue"),
                new Header("Content-Length", "2"),
                new Header("Origin", "http://localhost"),
                new Header("X-Forwarded-For", "1.2.3.4"),
                new Header("X-Real-IP", "1.2.3.4"),
                new Header("Forwarded", "for=1.2.3.4"),
                new Header("X-Request-Id", "id-1"),
                new Header("Via", "1.1 other"));

        relay(port, new RequestHead("POST", "/api/chat", new Headers(fields), "127.0.0.1"), "{}");

        assertThat(port.requests().getFirst().headers().fields())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactly(
                        "Content-Type: application/json; charset=x",
                        "X-Custom: one",
                        "x-custom: two",
                        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "X-Request-Id: id-1",
                        "Via: 1.1 other, 1.1 " + PSEUDONYM);
    }

    @Test
    void relay_answerHead_keepsWhatTravelsAndNothingElse() {
        Headers fields = new Headers(List.of(
                new Header("Content-Type", "application/json"),
                new Header("X-Custom", "one"),
                new Header("Connection", "close, X-Hop"),
                new Header("X-Hop", "1"),
                new Header("Transfer-Encoding", "chunked"),
                new Header("Set-Cookie", "a=b"),
                new Header("WWW-Authenticate", "Basic"),
                new Header("Access-Control-Allow-Origin", "*"),
                new Header("Location", "http://169.254.169.254/latest"),
                new Header("X-Request-Id", "theirs")));

        relay(ScriptedPort.answering(200, fields, Framing.DOCUMENT).then("{}"), "GET", "/api/tags", "");

        assertThat(client.head().headers().fields())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactly("Content-Type: application/json", "X-Custom: one", "X-Upstream-Request-Id: theirs");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/chat, /api/chat",
        ScriptedPort.BACKEND + "/api/chat, /api/chat",
        "//evil.example/, ",
        "https://evil.example/, ",
        "'/\t/evil.example/', ",
        "'/a\u0001', ",
        "'/\u007f/evil.example/', ",
        "'/\u0085/evil.example/', ",
    })
    void relay_redirect_leadsToTheGatewayOrNowhere(String sent, String passedOn) {
        relay(ScriptedPort.answering(307, Headers.of("Location", sent), Framing.DOCUMENT), "POST", "/api/chat/", "{}");

        assertThat(client.head().headers().first("Location")).isEqualTo(passedOn);
    }

    @Test
    void isLoop_requestThatPassedThisGateway_isFoundAmongOthers() {
        Relay relay = new Relay(answering(Framing.DOCUMENT), null, PSEUDONYM, new Random(1));
        Headers passed = Headers.of("Via", "1.0 a, 1.1 " + PSEUDONYM + ", 1.1 b");

        assertThat(relay.isLoop(new RequestHead("GET", "/", passed, "::1"))).isTrue();
        assertThat(relay.isLoop(new RequestHead("GET", "/", Headers.of("Via", "1.1 paddock-other"), "::1"))).isFalse();
    }

    @Test
    void relay_context_hasTheCallerAndTheTraceParent() {
        ScriptedPort port = answering(Framing.DOCUMENT).then("{}");
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        relay(port, new RequestHead("POST", "/api/chat", Headers.of("traceparent", parent), "::1"), "{}");

        assertThat(port.contexts().getFirst().get(CallAttributes.CALLER)).isEqualTo("key-0");
        assertThat(port.contexts().getFirst().get(CallAttributes.TRACE_PARENT)).isEqualTo(parent);
        assertThat(port.requests().getFirst().headers().all("traceparent")).containsExactly(parent);
    }

    @Test
    void relay_requestWithoutTraceParent_hasNone() {
        ScriptedPort port = answering(Framing.DOCUMENT).then("{}");

        relay(port, "POST", "/api/chat", "{}");

        assertThat(port.contexts().getFirst().get(CallAttributes.TRACE_PARENT)).isNull();
    }

    @Test
    void prepare_storedAnswer_isGivenAtOnceUnlessItOrTheRequestIsLong() {
        String question = "{\"model\":\"m\"}";

        assertThat(prepared(Responder.ROOM, question).isAnsweredAtOnce()).isTrue();
        assertThat(prepared(Responder.ROOM + 1, question).isAnsweredAtOnce()).isFalse();
        assertThat(prepared(1, question + " ".repeat(1 << 14))).isNull();
    }

    @Test
    void relay_preparedRequest_isSentAsItWasPrepared() {
        ScriptedPort port = answering(Framing.DOCUMENT).then("{}");
        Relay relay = new Relay(port, new FoundAnswers(1), PSEUDONYM, new Random(1));
        PreparedRelay prepared = relay.prepare(relayed(new RequestHead("POST", "/api/chat", Headers.EMPTY, "::1"), "{\"model\":\"m\"}"));

        KeptEnd end = new KeptEnd();
        RelayReport report = reportOf(end, () -> relay.relay(prepared, client, end));

        assertThat(report.model()).isEqualTo("m");
        assertThat(port.requests().getFirst()).isSameAs(prepared.request());
        assertThat(port.contexts().getFirst().get(FoundAnswers.FOUND)).isTrue();
    }

    private static PreparedRelay prepared(long length, String body) {
        return new Relay(answering(Framing.DOCUMENT), new FoundAnswers(length), PSEUDONYM, new Random(1))
                .prepare(relayed(new RequestHead("POST", "/api/chat", Headers.EMPTY, "::1"), body));
    }

    /** Stored answers of one length, one for each request. */
    private record FoundAnswers(long length) implements AnswerCachePort {

        private static final CallContext.Key<Boolean> FOUND = CallContext.Key.named("found");

        @Override
        public PreparedCall prepare(ExchangeRequest request, CallContext context) {
            return new PreparedCall(context.with(FOUND, true), true, length);
        }

        @Override
        public CacheReport report() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CacheTuning tuning() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tune(CacheTuning tuning) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long clear(AnswerSelection selection) {
            throw new UnsupportedOperationException();
        }
    }

    private static LlmException reported(String message, Frame frame) {
        String text = new String(frame.bytes(), UTF_8).strip();
        return new GenerationFailedException(message, ErrorFacts.NONE, new GenerationFailedException.Report(text, null, frame));
    }

    private RelayReport relay(ScriptedPort port, String method, String target, String body) {
        return relay(port, new RequestHead(method, target, Headers.of("Host", "localhost"), "127.0.0.1"), body);
    }

    private RelayReport relay(ScriptedPort port, RequestHead head, String body) {
        KeptEnd end = new KeptEnd();
        return reportOf(end, () -> new Relay(port, null, PSEUDONYM, new Random(1)).relay(relayed(head, body), client, end));
    }

    /** Relays in a thread that may wait, so that the response has ended afterwards. */
    private static RelayReport reportOf(KeptEnd end, Runnable relaying) {
        return Parallel.resultOf(Parallel.start(() -> {
            relaying.run();
            return end.report;
        }));
    }

    private static RelayedRequest relayed(RequestHead head, String body) {
        ApiEndpoint route = new ApiEndpoints().find(head.method(), head.path());
        ServerRequest request = new ServerRequest(head, RequestBody.of(body.getBytes(UTF_8)), Cancellation.create());
        return new RelayedRequest(request, route, "id-1", "key-0", null, Priority.INTERACTIVE, 1);
    }

    /** The answers of these tests are there, so they end in the calling thread. */
    private static final class KeptEnd implements RelayEnd {

        private RelayReport report;

        @Override
        public void ended(RelayReport ended) {
            assertThat(report).isNull();
            report = ended;
        }

        @Override
        public void failed(Throwable defect) {
            throw new AssertionError(defect);
        }
    }

    private static ScriptedPort answering(Framing framing) {
        return ScriptedPort.answering(200, Headers.EMPTY, framing);
    }
}
