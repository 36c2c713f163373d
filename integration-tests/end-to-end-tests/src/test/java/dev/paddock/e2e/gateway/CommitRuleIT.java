package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What fails before the first frame has a status; what fails after it is told in the protocol and never looks like an end. */
@Timeout(60)
class CommitRuleIT {

    private static final String PROMPT = "a prompt that nobody else may see";

    /** An answer in one of the protocols, and how its failure is told. */
    enum Stream {
        NATIVE(
                "/api/chat",
                "application/x-ndjson",
                "{\"message\":{\"content\":\"x\"}}\n",
                "\\{\"error\":\"the [^\"]+\"}\n"),
        OPENAI(
                "/v1/chat/completions",
                "text/event-stream",
                "data: {\"choices\":[]}\n\n",
                "data: \\{\"error\":\\{\"message\":\"the [^\"]+\",\"type\":\"api_error\",\"param\":null,\"code\":null}}\n\n"),
        RESPONSES(
                "/v1/responses",
                "text/event-stream",
                "event: response.created\ndata: {\"type\":\"response.created\"}\n\n",
                "data: \\{\"error\":\\{\"message\":\"the [^\"]+\",\"type\":\"api_error\",\"param\":null,\"code\":null}}\n\n"),
        ANTHROPIC(
                "/v1/messages",
                "text/event-stream",
                "event: message_start\ndata: {\"type\":\"message_start\"}\n\n",
                "event: error\ndata: \\{\"type\":\"error\",\"error\":\\{\"type\":\"api_error\",\"message\":\"the [^\"]+\"},"
                        + "\"request_id\":\"req_[0-9a-f]{24}\"}\n\n"),
        DOCUMENT("/v1/chat/completions", "application/json", "{\"choices\":", "");

        private final String path;
        private final String type;
        private final String piece;
        private final String told;

        Stream(String path, String type, String piece, String told) {
            this.path = path;
            this.type = type;
            this.piece = piece;
            this.told = told;
        }

        private String request() {
            return "{\"model\":\"m\",\"stream\":" + (this != DOCUMENT) + ",\"prompt\":\"" + PROMPT + "\"}";
        }
    }

    /** How a server breaks off its answer. */
    enum BreakOff {
        CLOSE(connection -> {}),
        RESET(ScriptedConnection::reset),
        JUNK(connection -> connection.send("no chunk\r\n"));

        private final ConnectionScript script;

        BreakOff(ConnectionScript script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource
    void answer_brokenOffByAClose_isToldInTheProtocol(Stream stream) throws IOException {
        assertToldInTheProtocol(stream, BreakOff.CLOSE);
    }

    @ParameterizedTest
    @EnumSource
    void answer_brokenOffByAReset_isToldInTheProtocol(Stream stream) throws IOException {
        assertToldInTheProtocol(stream, BreakOff.RESET);
    }

    @ParameterizedTest
    @EnumSource
    void answer_brokenOffByJunk_isToldInTheProtocol(Stream stream) throws IOException {
        assertToldInTheProtocol(stream, BreakOff.JUNK);
    }

    private static void assertToldInTheProtocol(Stream stream, BreakOff breakOff) throws IOException {
        CountDownLatch received = new CountDownLatch(1);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(stream.type);
            connection.sendChunk(stream.piece);
            awaitQuietly(received); // a reset may overtake what was sent before it
            breakOff.script.play(connection);
            throw new IOException("broken off");
        });
        try (GatewayFixture scene = GatewayFixture.of(script);
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", stream.path, stream.request());
            RawClient.Head head = client.head();
            received.countDown();
            RawClient.Response answer = client.body(head);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith(stream.piece);
            assertThat(answer.body().substring(stream.piece.length())).matches(stream.told);
            assertThat(answer.body()).doesNotContain("127.0.0.1", PROMPT, "[DONE]", "message_stop");
            assertThat(answer.whole()).isFalse();
            assertThat(scene.server().requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DOCUMENT")
    void stream_endedCleanlyButWithoutItsTerminalFrame_isToldAsTruncated(Stream stream) throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(stream.type);
            connection.sendChunk(stream.piece);
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("POST", stream.path, stream.request());

            assertThat(answer.body().substring(stream.piece.length())).matches(stream.told).contains("before it was complete");
            assertThat(answer.whole()).isFalse();
            assertThat(scene.logLine()).contains("status=200 outcome=truncated_response");
        }
    }

    @Test
    void stream_cutInALine_endsTheLineBeforeItIsTold() throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{\"a\":1}\n{\"b\":");
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("POST", "/api/chat", "{}");

            assertThat(answer.body()).matches("\\{\"a\":1}\n(\\{\"b\":\n)?\\{\"error\":\"[^\"]+\"}\n");
            assertThat(answer.whole()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/api/chat | application/x-ndjson | `{\"a\":1}\n` | `{\"error\":\"an error was encountered while running the model\"}\n`",
        "/v1/chat/completions | text/event-stream | `data: {}\n\n` | `data: {\"error\":{\"message\":\"no\"}}\n\n`",
        "/v1/messages | text/event-stream | `event: ping\ndata: {}\n\n` | `event: error\ndata: {\"type\":\"error\"}\n\n`",
    })
    void stream_inWhichTheServerTellsItsFailure_comesOutUnchangedAndWhole(
            String path, String type, String piece, String failure) throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(type);
            connection.sendChunk(piece);
            connection.sendChunk(failure);
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("POST", path, "{}");

            assertThat(answer.body()).isEqualTo(piece + failure);
            assertThat(answer.whole()).isTrue();
            assertThat(scene.logLine()).contains("outcome=generation_failed");
        }
    }

    @Test
    void failure_inTheFirstLine_getsAStatusOfItsOwn() throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{\"error\":\"model runner has unexpectedly stopped\"}\n");
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("POST", "/api/chat", "{}");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"error\":\"model runner has unexpectedly stopped\"}");
            assertThat(answer.whole()).isTrue();
        }
    }

    /** Errors in forms that the clients of an API pass over get an error in the form of the API, too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v1/chat/completions | text/event-stream | `error: {\"message\":\"no memory\",\"code\":500}\n\n`",
        "/v1/chat/completions | text/event-stream | `{\"error\":{\"message\":\"no memory\"}}\n\n`",
        "/v1/chat/completions | text/event-stream | `{\"error\":{\"message\":\"no memory\"}}\ndata: [DONE]\n\n`",
        "/v1/chat/completions | text/event-stream | `data: {\"object\":\"error\",\"message\":\"no memory\"}\n\n`",
        "/v1/chat/completions | text/event-stream | `data: {\"detail\":\"no memory\"}\n\n`",
        "/v1/chat/completions | text/event-stream | `data: [{\"error\":{\"message\":\"no memory\"}}]\n\n`",
        "/v1/chat/completions | text/event-stream | `data: {\"error_msg\":\"no memory\"}\n\n`",
        "/v1/chat/completions | text/event-stream | `data: {\"code\":\"x\",\"message\":\"no memory\"}\n\n`",
        "/v1/chat/completions | text/event-stream | `data: {\"choices\":[{\"error\":{\"message\":\"no memory\"}}]}\n\n`",
        "/v1/messages         | text/event-stream | `data: {\"type\":\"error\",\"error\":{\"message\":\"no memory\"}}\n\n`",
        "/api/chat            | application/x-ndjson | `{\"detail\":\"no memory\"}\n`",
        "/api/chat            | application/x-ndjson | `{\"code\":507,\"message\":\"no memory\"}\n`",
    })
    void stream_inWhichTheServerReportsAFailureInAForeignForm_endsWithAnErrorOfTheApi(String path, String type, String failure)
            throws IOException {
        Stream stream = Arrays.stream(Stream.values()).filter(known -> known.path.equals(path)).findFirst().orElseThrow();
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(type);
            connection.sendChunk(stream.piece);
            connection.sendChunk(failure);
            connection.sendChunk(type.startsWith("text") ? "data: [DONE]\n\n" : "");
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("POST", path, "{\"model\":\"m\",\"stream\":true}");

            String sent = failure.contains("[DONE]") ? "" : failure;
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith(stream.piece + sent).doesNotContain("[DONE]");
            String end = answer.body().substring((stream.piece + sent).length());
            assertThat(end).startsWith(stream.told.substring(0, stream.told.indexOf("\\{"))).contains("\"error\":", "no memory");
            assertThat(answer.whole()).isFalse();
            assertThat(scene.logLine()).contains("outcome=generation_failed");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v1/chat/completions | 400 | `data: {\"error\":{\"message\":\"too  long\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}` | `{\"error\":{\"message\":\"too  long\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}`",
        "/v1/chat/completions | 429 | `data: {\"error\":{\"message\":\"slow\",\"code\":429,\"metadata\":{\"a\":[1]}},\"id\":\"x\"}` | `{\"error\":{\"message\":\"slow\",\"type\":\"rate_limit_error\",\"param\":null,\"code\":429,\"metadata\":{\"a\":[1]}},\"id\":\"x\"}`",
        "/v1/chat/completions | 500 | `data: {\"error\":\"boom\"}` | `{\"error\":{\"message\":\"boom\",\"type\":\"api_error\",\"param\":null,\"code\":null}}`",
        "/v1/chat/completions | 404 | `data: {\"object\":\"error\",\"message\":\"no m\",\"type\":\"NotFoundError\",\"param\":null,\"code\":404}` | `{\"error\":{\"message\":\"no m\",\"type\":\"NotFoundError\",\"param\":null,\"code\":404}}`",
        "/v1/responses | 500 | `event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\",\"message\":\"boom\"}}}` | `{\"error\":{\"message\":\"boom\",\"type\":\"api_error\",\"param\":null,\"code\":\"server_error\"}}`",
        "/v1/messages | 503 | `event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\",\"details\":null}}` | `{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"},\"request_id\":\"mine\"}`",
        "/api/chat | 500 | `{\"error\":\"boom\",\"Status\":\"x\",\"n\":[1]}` | `{\"error\":\"boom\",\"Status\":\"x\",\"n\":[1]}`",
        "/api/chat | 401 | `{\"error\":\"unauthorized\",\"StatusCode\":401,\"signin_url\":\"https://ollama.com/c\"}` | `{\"error\":\"unauthorized\",\"StatusCode\":401,\"signin_url\":\"https://ollama.com/c\"}`",
        "/api/chat | 400 | `{\"error\":{\"message\":\"no\",\"code\":400,\"param\":\"p\"}}` | `{\"error\":\"no\",\"code\":400,\"param\":\"p\"}`",
    })
    void failure_inTheFirstFrame_keepsTheErrorOfTheServerAndItsStatus(String path, int status, String frame, String expected)
            throws IOException {
        boolean isEvent = !path.startsWith("/api");
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: " + (isEvent ? "text/event-stream" : "application/x-ndjson")
                    + "\r\nX-Request-Id: theirs\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.sendChunk(frame + (isEvent ? "\n\ndata: [DONE]\n\n" : "\n"));
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("POST", path, "{\"model\":\"m\",\"stream\":true}", "X-Request-Id: mine");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(expected);
            assertThat(answer.whole()).isTrue();
            assertThat(answer.headers("X-Request-Id")).containsExactly("mine");
            assertThat(answer.headers("X-Upstream-Request-Id")).containsExactly("theirs");
        }
    }

    @ParameterizedTest
    @EnumSource
    void answer_closedBeforeItsFirstFrame_isABadGateway(Stream stream) throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(stream.type);
            throw new IOException("broken off");
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("POST", stream.path, stream.request());

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("x-should-retry")).isEqualTo("false");
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.body()).startsWith("{").doesNotContain("127.0.0.1", PROMPT);
            assertThat(answer.whole()).isTrue();
        }
    }

    @Test
    void request_whileTheServerIsDown_isToldToComeAgain() throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(ConnectionScript.json("{}"))) {
            scene.server().close();

            RawClient.Response answer = scene.ask("POST", "/api/chat", "{}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]?");
            assertThat(answer.header("x-should-retry")).isEqualTo("true");
            assertThat(scene.logLine()).contains("status=503 outcome=backend_unavailable");
        }
    }

    @Test
    void request_thatFindsEveryConnectionInUse_isToldToComeAgain() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        ConnectionScript silent = ConnectionScript.forEachRequest(connection -> awaitQuietly(over));
        try (GatewayFixture scene = GatewayFixture.of(
                        silent, Map.of("paddock.pool.connections-per-host", "1", "paddock.pool.when-full", "fail"));
                RawClient first = new RawClient(scene.port())) {
            first.request("POST", "/api/chat", "{}");
            Eventually.await("the first request", () -> scene.server().requests().size() == 1);

            RawClient.Response answer = scene.ask("POST", "/v1/chat/completions", "{}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotNull();
            assertThat(answer.header("x-should-retry")).isEqualTo("true");
            assertThat(answer.body()).contains("\"error\":{\"message\":");
            over.countDown();
        }
    }

    @Test
    void request_thatIsNotAnsweredInTime_isAGatewayTimeout() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        ConnectionScript silent = ConnectionScript.forEachRequest(connection -> awaitQuietly(over));
        try (GatewayFixture scene = GatewayFixture.of(silent, Map.of("paddock.timeouts.head", "200ms"))) {
            RawClient.Response answer = scene.ask("POST", "/api/chat", "{}");

            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.header("x-should-retry")).isEqualTo("false");
            over.countDown();
        }
    }

    @Test
    void lookup_thatFailsOnce_isRepeatedWithoutTheClientsKnowing() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            if (requests.incrementAndGet() == 1) {
                connection.sendChunkedHead("application/json");
                throw new IOException("broken off");
            }
            connection.sendResponse("200 OK", "application/json", "{\"models\":[]}");
        });
        try (GatewayFixture scene = GatewayFixture.of(script, Map.of("paddock.retry.max-retries", "2"))) {
            RawClient.Response answer = scene.ask("GET", "/api/tags", "");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"models\":[]}");
            assertThat(scene.logLine()).contains("outcome=ok", "attempts=2");
        }
    }

    @Test
    void unknownRequest_thatFails_isNeverRepeated() throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            throw new IOException("closed without an answer");
        });
        try (GatewayFixture scene = GatewayFixture.forAnyPath(script, Map.of("paddock.retry.max-retries", "2"))) {
            RawClient.Response answer = scene.ask("POST", "/v1/unheard-of", "{}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(scene.server().requests()).hasSize(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("nobody came");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
