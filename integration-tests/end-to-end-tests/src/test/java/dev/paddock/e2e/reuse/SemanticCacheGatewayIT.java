package dev.paddock.e2e.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The semantic cache in a gateway before a server that counts its calls. The server's vectors are equal for texts with the same long words, and
 * each of its answers is another one.
 */
@Timeout(60)
class SemanticCacheGatewayIT {

    private static final String STATISTICS = "/api/cache-stats";
    private static final String FIRST = "What is the capital of France?";
    private static final String SIMILAR = "Tell me the capital of France";
    private static final List<String> CITIES = List.of("Paris", "London", "Lisbon", "Madrid", "Vienna", "Warsaw");

    private final AtomicInteger chats = new AtomicInteger();
    private final AtomicInteger embeddings = new AtomicInteger();
    private volatile String vectors = "words";
    private volatile List<String> sentTexts = List.of(); // of the last request for vectors
    private HttpServer server;
    private PaddockGateway gateway;

    @AfterEach
    void close() {
        gateway.close();
        server.stop(0);
    }

    @Test
    void request_similarInServe_isAnsweredWithoutTheModel() throws IOException {
        start(Map.of("mode", "serve", "max-errors", "1", "audit", "0"));
        RawClient.Response first = learn(FIRST);
        RawClient.Response similar = chat(SIMILAR);

        assertThat(first.header("X-Cache")).isEqualTo("MISS");
        assertThat(similar.header("X-Cache")).isEqualTo("HIT");
        assertThat(similar.header("Cache-Status")).contains("hit", "key=\"s1\"", "detail=\"similar");
        assertThat(similar.body()).isEqualTo(first.body());
        assertThat(chats).hasValue(1);
        assertThat(embeddings).hasValue(2);
        assertThat(similar("What is the capital of Spain?")).isFalse();
        assertThat(similar("Is 17 more than the capital of France?")).isFalse();
        assertThat(post("/api/semantic-cache/wrong", "{\"id\":\"s1\"}").status()).isEqualTo(200);
        assertThat(post("/api/semantic-cache/wrong", "{\"id\":\"s1\"}").status()).isEqualTo(404);
        assertThat(post("/api/semantic-cache/wrong", "{}").status()).isEqualTo(400);
        assertThat(similar(SIMILAR)).isFalse();
        assertThat(chats).hasValue(4);
        assertThat(get("/metrics")).contains("paddock_semantic_cache_lookups_total{result=\"served\"} 1", "paddock_semantic_cache_reported_total 1");
    }

    @Test
    void request_similarInShadow_isAnsweredByTheModelAndCompared() throws IOException {
        start(Map.of());
        learn(FIRST);
        assertThat(similar(SIMILAR)).isFalse();

        Eventually.await(() -> statistics("false_candidates").contains("\"wrong\":1,\"compared\":1"));
        assertThat(chats).hasValue(2);
        assertThat(statistics("mode")).contains("\"mode\":\"shadow\"", "\"shadowed\":1", "\"served\":0");
    }

    @Test
    void request_withTheModelInThisProcess_asksTheServerForNoVector() throws IOException {
        start(Map.of("mode", "serve", "max-errors", "1", "audit", "0", "in-process", "true"));
        learn(FIRST);

        assertThat(similar(SIMILAR)).isTrue();
        assertThat(chats).hasValue(1);
        assertThat(embeddings).hasValue(0);
    }

    @Test
    void clear_ofACache_reachesQuestionsAndVectors() throws IOException {
        start(Map.of("mode", "serve", "max-errors", "1", "audit", "0", "paddock.batch.enabled", "true"));
        learn(FIRST);
        assertThat(similar(SIMILAR)).isTrue();
        String embed = "{\"model\":\"e\",\"input\":[\"" + FIRST + "\",\"another text\"]}";
        post("/api/embed", embed);
        int known = embeddings.get();
        post("/api/embed", embed.replace("another text", "one more text")); // the first text has a stored vector, but there is no stored answer
        assertThat(embeddings).hasValue(known + 1);
        assertThat(sentTexts).containsExactly("one more text");

        for (String other : List.of("{\"model\":\"other\"}", "{\"tenant\":\"other\"}")) {
            assertThat(post("/api/cache/clear", other).body()).contains("\"removed\":0");
        }
        assertThat(similar("Give me the capital of France")).isTrue();
        assertThat(post("/api/cache/clear", "{\"all\":true}").body()).contains("\"status\":\"ok\"");

        assertThat(statistics("size")).contains("\"reported\":0,\"size\":0,\"bytes\":0");
        assertThat(similar("Name the capital of France")).isFalse();
        assertThat(chats).hasValue(2);
        Eventually.await(() -> statistics("size").contains("\"size\":1")); // its vector is made after the answer
        post("/api/embed", embed.replace("another text", "one more text"));
        assertThat(sentTexts).containsExactly(FIRST, "one more text");
    }

    @Test
    void request_auditedAndWrong_endsServing() throws IOException {
        start(Map.of("mode", "serve", "max-errors", "1", "audit", "1"));
        learn(FIRST);
        assertThat(similar(SIMILAR)).isTrue();

        Eventually.await(() -> statistics("stopped").contains("\"stopped_itself\":true"));
        assertThat(chats).hasValue(2);
        assertThat(get("/metrics")).contains("paddock_semantic_cache_serving 0", "paddock_semantic_cache_false_hits{end=\"estimate\"} 1");
        assertThat(similar("Give me the capital of France")).isFalse();
        assertThat(post("/api/semantic-cache/config", "{\"mode\":\"always\"}").status()).isEqualTo(400);
        assertThat(post("/api/semantic-cache/config", "{\"mode\":\"serve\"}").body()).contains("\"stopped_itself\":false");
        assertThat(similar("Name the capital of France")).isTrue();
    }

    @Test
    void request_withoutVector_isAnsweredByTheModel() throws IOException {
        start(Map.of("mode", "serve", "max-errors", "1", "audit", "0"));
        learn(FIRST);
        int calls = 1;
        for (String kind : List.of("zero", "null", "failed", "none")) {
            vectors = kind;
            assertThat(similar("Tell me the capital of France" + " please".repeat(calls))).as(kind).isFalse();
            assertThat(chats).hasValue(++calls);
        }
        assertThat(statistics("size")).contains("\"size\":1");
    }

    private void start(Map<String, String> settings) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/tags", exchange -> answer(
                exchange, 200, "{\"models\":[{\"name\":\"m:latest\",\"digest\":\"d\"},{\"name\":\"e:latest\",\"digest\":\"f\"}]}"));
        server.createContext("/api/embed", this::embed);
        server.createContext("/api/chat", exchange -> answer(
                exchange,
                200,
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"The city is " + CITIES.get(chats.getAndIncrement())
                        + " or not\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":3,\"eval_count\":2}"));
        server.start();
        Map<String, String> all = new HashMap<>(Map.of(
                "paddock.base-url", "http://127.0.0.1:" + server.getAddress().getPort(),
                "paddock.gateway.port", "0",
                "paddock.gateway.admin", "true",
                "paddock.cache.enabled", "true",
                "paddock.semantic-cache.enabled", "true",
                "paddock.semantic-cache.embedding-model", "e",
                "paddock.semantic-cache.embedding-timeout", "30s",
                "paddock.retry.max-retries", "0"));
        settings.forEach((key, value) -> all.put(key.startsWith("paddock.") ? key : "paddock.semantic-cache." + key, value));
        gateway = PaddockGateway.start(
                GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("test", all)),
                metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, lines -> {}, metrics));
    }

    private void embed(HttpExchange exchange) throws IOException {
        embeddings.incrementAndGet();
        Map<String, ?> request = PlainJson.parseObject("a request", new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Object input = request.get("input");
        List<String> texts = input instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of(String.valueOf(input));
        sentTexts = texts;
        String text = texts.getFirst();
        switch (vectors) {
            case "zero" -> answer(exchange, 200, "{\"model\":\"e\",\"embeddings\":[" + Arrays.toString(new double[64]) + "]}");
            case "null" -> answer(exchange, 200, "{\"model\":\"e\",\"embeddings\":[[null,1]]}");
            case "none" -> answer(exchange, 200, "{\"model\":\"e\",\"embeddings\":[]}");
            case "failed" -> answer(exchange, 500, "{\"error\":\"failed to encode response: json: unsupported value: NaN\"}");
            default -> answer(
                    exchange,
                    200,
                    "{\"model\":\"e\",\"embeddings\":"
                            + texts.stream().map(each -> Arrays.toString(vector(each))).toList() + "}");
        }
    }

    /** Returns a vector that depends on the words with five letters or more. */
    static double[] vector(String text) {
        double[] vector = new double[64];
        vector[0] = 0.1;
        for (String word : text.split("[^A-Za-z]+", -1)) {
            if (word.length() >= 5 && !word.equals("please")) {
                vector[1 + Math.floorMod(word.hashCode(), 63)]++;
            }
        }
        return vector;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private boolean similar(String question) throws IOException {
        return "HIT".equals(chat(question).header("X-Cache"));
    }

    /** Asks a question, and waits until its answer can serve others. */
    private RawClient.Response learn(String question) throws IOException {
        RawClient.Response response = chat(question);
        Eventually.await(() -> statistics("size").contains("\"reported\":0,\"size\":1"));
        return response;
    }

    private RawClient.Response chat(String question) throws IOException {
        return post(
                "/api/chat",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question
                        + "\"}],\"options\":{\"temperature\":0},\"stream\":false}");
    }

    private String statistics(String reason) {
        try {
            return get(STATISTICS);
        } catch (IOException failed) {
            throw new UncheckedIOException(reason, failed);
        }
    }

    private RawClient.Response post(String path, String body) throws IOException {
        try (RawClient client = new RawClient(URI.create(gateway.baseUrl()).getPort())) {
            return client.request("POST", path, body, "Content-Type: application/json").response();
        }
    }

    private String get(String path) throws IOException {
        try (RawClient client = new RawClient(URI.create(gateway.baseUrl()).getPort())) {
            return client.get(path).response().body();
        }
    }
}
