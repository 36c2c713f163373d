package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.RecordedBodies;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through the gateway comes out as it went in. */
@Timeout(60)
class FidelityIT {

    private static final String FINISHED = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final int PIECE = 7;
    private static final String NDJSON = "application/x-ndjson";
    private static final String SSE = "text/event-stream";

    @ParameterizedTest
    @CsvSource({
        "02-generate-stream-llama3-2024.ndjson, /api/generate, " + NDJSON,
        "09-chat-stream-llama3-2024.ndjson, /api/chat, " + NDJSON,
        "13-chat-stream-llama3.2-2024-11.ndjson, /api/chat, " + NDJSON,
        "39-pull-stream-success-0.32.6-trimmed.ndjson, /api/pull, " + NDJSON,
        "22-v1-chat-stream-toolcall-qwen3-2026-06.sse, /v1/chat/completions, " + SSE,
        "29-cloud-v1-chat-stream-gptoss120b-2026-08.sse, /v1/chat/completions, " + SSE,
        "07-chat-nonstream-llama3-2024.json, /api/chat, application/json",
        "17-embeddings-legacy-llama3-2024.json, /api/embeddings, application/json",
        "20-v1-chat-nonstream-reasoning-qwen3-2026-06.json, /v1/chat/completions, application/json",
        "33-v1-embeddings-array-activeagent.json, /v1/embeddings, application/json",
        "36-v1-messages-nonstream-tooluse-gptoss20b.json, /v1/messages, application/json",
    })
    void answer_recorded_comesOutByteForByte(String name, String path, String type) throws IOException {
        byte[] body = RecordedBodies.body(name);

        RawClient.Response answer = relayed(body, type, path);

        assertThat(answer.bytes()).isEqualTo(body);
        assertThat(answer.whole()).isTrue();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"a\":1}\r\n\r\n \n{\"b\" : \"\u0085\u2028\"}\n{\"done\":true}",
        "{\"done\":true}\n{\"after\":\"the end\"}\n\n",
        "{\"unknown\":{\"done\":true}}\n{\"x\":\"\\\"error\\\":\"}\n{\"done\":true,\"context\":[1,2]}\n\n\n",
    })
    void lines_ofAnyForm_comeOutByteForByte(String body) throws IOException {
        RawClient.Response answer = relayed(body.getBytes(UTF_8), NDJSON, "/api/chat");

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.whole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        ": hello\n\n: again\n\ndata: " + FINISHED + "\n\n: between\n\ndata: [DONE]\n\n: after\n\n",
        "\uFEFFid: 1\r\ndata:{}\r\ndata: x\r\n\r\nretry: 5\r\n\r\ndata:" + FINISHED + "\r\n\r\ndata: [DONE]\r\n\r\n",
        "data: " + FINISHED + "\r\rdata: [DONE]\r\r",
        "data: " + FINISHED + "\n\ndata: [DONE]",
        "data: " + FINISHED + "\n\n: no end\n\n",
    })
    void events_ofAnyForm_comeOutByteForByte(String body) throws IOException {
        RawClient.Response answer = relayed(body.getBytes(UTF_8), SSE, "/v1/chat/completions");

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.whole()).isTrue();
    }

    @Test
    void request_ofAnyForm_arrivesByteForByte() throws IOException {
        String body = " {\r\n\t\"model\" : \"m\", \"unheard-of\": [1, 2.50, \"\\u00e4\u2028ä\"],\n\"model\":\"n\"}  \n trailing";
        try (GatewayFixture scene = GatewayFixture.forAnyPath(ConnectionScript.json("{}"), Map.of())) {
            scene.ask("POST", "/v1/unheard-of?a=%2F%20&b=+;c&&", body, "Content-Type: text/Plain; x=1", "X-Two: a", "X-Two: b");

            ReceivedRequest received = scene.server().requests().getFirst();
            assertThat(received.requestLine()).isEqualTo("POST /v1/unheard-of?a=%2F%20&b=+;c&& HTTP/1.1");
            assertThat(received.body()).isEqualTo(body);
            assertThat(received.values("Content-Type")).containsExactly("text/Plain; x=1");
            assertThat(received.values("X-Two")).containsExactly("a", "b");
        }
    }

    /** What a later version of a server understands needs no later gateway: only a path that the operator allows. */
    @ParameterizedTest
    @CsvSource({
        "GET, /api/unheard-of", "POST, /api/unheard-of", "PUT, /api/unheard-of/x", "POST, /v1/unheard-of/", "PATCH, /unheard-of"
    })
    void endpoint_thatNobodyHasHeardOf_isAsked(String method, String path) throws IOException {
        try (GatewayFixture scene = GatewayFixture.forAnyPath(ConnectionScript.json("{}"), Map.of())) {
            assertThat(scene.ask(method, path, method.equals("GET") ? "" : "{}").status()).isEqualTo(200);

            assertThat(scene.server().requests().getFirst().requestLine()).isEqualTo(method + " " + path + " HTTP/1.1");
        }
    }

    @Test
    void path_ofThousandsOfSegments_isAsked() throws IOException {
        String path = "/a".repeat(4000);
        try (GatewayFixture scene = GatewayFixture.forAnyPath(ConnectionScript.json("{}"), Map.of())) {
            assertThat(scene.ask("POST", path, "{}").status()).isEqualTo(200);

            assertThat(scene.server().requests().getFirst().requestLine()).isEqualTo("POST " + path + " HTTP/1.1");
        }
    }

    @Test
    void request_withoutFields_getsNoneThatItDidNotHave() throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(ConnectionScript.json("{}"))) {
            scene.ask("GET", "/api/tags", "");

            ReceivedRequest received = scene.server().requests().getFirst();
            assertThat(received.values("User-Agent")).isEmpty();
            assertThat(received.values("Accept")).isEmpty();
            assertThat(received.values("Content-Type")).isEmpty();
            assertThat(received.values("Host")).containsExactly("127.0.0.1:" + scene.server().port());
        }
    }

    @ParameterizedTest
    @CsvSource({"400, POST", "401, POST", "404, POST", "418, POST", "500, POST", "503, POST", "202, GET", "206, GET"})
    void status_ofAnyKind_isKept(int status, String method) throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse(status + " Whatever", "text/plain", "no JSON \u0000 at all"));
        try (GatewayFixture scene = GatewayFixture.forAnyPath(script, Map.of())) {
            RawClient.Response answer = scene.ask(method, "/v1/unheard-of", method.equals("POST") ? "{}" : "");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo("no JSON \u0000 at all");
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
        }
    }

    @Test
    void document_ofMegabytes_comesOutWithItsLength() throws IOException {
        byte[] body = new byte[9_000_001];
        new Random(1).nextBytes(body);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + body.length
                    + "\r\n\r\n");
            connection.send(body);
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("GET", "/v1/files/whatever", "");

            assertThat(answer.header("Content-Length")).isEqualTo("9000001");
            assertThat(answer.bytes()).isEqualTo(body);
        }
    }

    @Test
    void head_ofADocument_tellsItsLengthAndHasNoBody() throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection ->
                connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4711\r\n\r\n"));
        try (GatewayFixture scene = GatewayFixture.of(script);
                RawClient client = new RawClient(scene.port())) {
            client.request("HEAD", "/api/tags", "");
            assertThat(client.responseTo("HEAD").header("Content-Length")).isEqualTo("4711");
            client.request("HEAD", "/api/tags", "");
            assertThat(client.responseTo("HEAD").status()).isEqualTo(200);
        }
    }

    @Test
    void emptyAnswer_toACopy_isEmptyAndWhole() throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(
                connection -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        try (GatewayFixture scene = GatewayFixture.of(
                script, settings -> settings.withAccess(settings.access().withAdministration(true)))) {
            RawClient.Response answer = scene.ask("DELETE", "/api/delete", "{\"model\":\"m\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.whole()).isTrue();
            assertThat(scene.server().requests().getFirst().body()).isEqualTo("{\"model\":\"m\"}");
            assertThat(scene.logLine()).contains("operation=delete_model model=m status=200 outcome=ok");
        }
    }

    @Test
    void noContent_isPassedOnWithoutALength() throws IOException {
        ConnectionScript script =
                ConnectionScript.forEachRequest(connection -> connection.send("HTTP/1.1 204 No Content\r\n\r\n"));
        try (GatewayFixture scene = GatewayFixture.of(script);
                RawClient client = new RawClient(scene.port())) {
            client.request("GET", "/v1/nothing", "");
            RawClient.Response answer = client.responseTo("GET");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Content-Length")).isNull();
            assertThat(answer.header("Transfer-Encoding")).isNull();
            client.request("GET", "/v1/nothing", "");
            assertThat(client.responseTo("GET").status()).isEqualTo(204);
        }
    }

    @Test
    void events_areMarkedForProxiesThatWouldHoldThem() throws IOException {
        RawClient.Response answer = relayed(("data: " + FINISHED + "\n\ndata: [DONE]\n\n").getBytes(UTF_8), SSE, "/v1/chat/completions");

        assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, no-transform");
    }

    private static RawClient.Response relayed(byte[] body, String type, String path) throws IOException {
        ConnectionScript inPieces = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(type);
            for (int start = 0; start < body.length; start += PIECE) {
                connection.sendChunk(Arrays.copyOfRange(body, start, Math.min(start + PIECE, body.length)));
            }
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(
                inPieces, settings -> settings.withAccess(settings.access().withAdministration(true)))) {
            boolean isStream = !type.equals("application/json");
            RawClient.Response answer = scene.ask("POST", path, "{\"model\":\"m\",\"stream\":" + isStream + "}");
            assertThat(scene.logLine()).contains("outcome=ok", "bytes=" + body.length);
            assertThat(scene.paddock().pool().pools().getFirst().usage().leased()).isZero();
            return answer;
        }
    }
}
