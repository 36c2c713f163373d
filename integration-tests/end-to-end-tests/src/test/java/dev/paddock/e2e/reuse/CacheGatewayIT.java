package dev.paddock.e2e.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cache and single-flight in a gateway before a simulated server, which counts what reaches it. */
@Timeout(60)
class CacheGatewayIT {

    private static final String CHAT = "/api/chat";
    private static final String COLD =
            "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"options\":{\"temperature\":0},\"stream\":%s}";

    private final OllamaSimulator server = OllamaSimulator.start(SimulatorSettings.builder().parallel(64).build());
    private PaddockGateway gateway = start(Map.of());

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    @Test
    void request_equalToAnEarlierOne_isAnsweredFromTheCache() throws IOException {
        RawClient.Response first = post(CHAT, COLD.formatted(false));
        RawClient.Response second = post(
                CHAT,
                json("{ 'stream':false, 'options':{'temperature':0.0}, 'messages':[{'content':'hi','role':'user'}], 'model':'llama3.2' }"));
        RawClient.Response stream = post(CHAT, COLD.formatted(true));

        assertThat(first.header("X-Cache")).isEqualTo("MISS");
        assertThat(first.header("Cache-Status")).isEqualTo("paddock; fwd=miss; stored");
        assertThat(second.header("X-Cache")).isEqualTo("HIT");
        assertThat(second.header("Age")).isNotNull();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(stream.header("X-Cache")).isEqualTo("HIT");
        assertThat(stream.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(stream.lines()).hasSize(2);
        assertThat(stream.whole()).isTrue();
        assertThat(server.counters().requestsTo(CHAT)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "/v1/chat/completions; 'messages':[{'role':'user','content':'hi'}],'temperature':0; 'stream_options':{'include_usage':true}; [DONE]",
        "/v1/completions; 'prompt':'hi','temperature':0; 'stream_options':{'include_usage':true}; [DONE]",
        "/v1/messages; 'messages':[{'role':'user','content':'hi'}],'temperature':0,'max_tokens':9; 'user':'u'; message_stop",
        "/v1/responses; 'input':'hi','temperature':0; 'user':'u'; response.completed",
        "/api/generate; 'prompt':'hi','options':{'seed':1}; 'user':'u'; \"done\":true",
    })
    void request_otherFormOfTheSameAnswer_isMadeOfTheStoredOne(String path, String body, String forStream, String end)
            throws IOException {
        String whole = json("{'model':'llama3.2'," + body + ",'stream':false}");
        String stream = json("{'model':'llama3.2'," + body + ",'stream':true," + forStream + "}");
        RawClient.Response recordedWhole = post(path, whole);
        RawClient.Response madeStream = post(path, stream);
        assertThat(post("/api/cache/clear", "{\"all\":true}").body()).contains("\"removed\":1");
        RawClient.Response recordedStream = post(path, stream);
        RawClient.Response madeWhole = post(path, whole);

        assertThat(madeStream.header("X-Cache")).isEqualTo("HIT");
        assertThat(madeStream.body()).contains(end);
        assertThat(recordedStream.body()).contains(end);
        assertThat(madeWhole.header("X-Cache")).isEqualTo("HIT");
        assertThat(madeWhole.header("Content-Type")).startsWith("application/json");
        assertThat(texts(madeWhole)).isEqualTo(texts(recordedWhole));
        assertThat(server.counters().requestsTo(path)).isEqualTo(2);
    }

    @Test
    void request_ofTypedClientAndGateway_shareOneAnswer() throws IOException {
        restart(Map.of("paddock.cache.shared", "true"));
        ChatRequest question = ChatRequest.of("llama3.2", "hi")
                .withSettings(GenerationSettings.builder().options(ModelOptions.NONE.withTemperature(0)).build());
        List<Provenance> origins = new ArrayList<>();
        String typed = gateway.client().llm().chat(question).text();
        String again = gateway.client()
                .llm()
                .chat(question, CallContext.create().with(CallAttributes.ON_PROVENANCE, origins::add))
                .text();
        RawClient.Response relayed = post(CHAT, COLD.formatted(false));

        assertThat(again).isEqualTo(typed);
        assertThat(origins).extracting(Provenance::source).containsExactly(Provenance.Source.CACHE);
        assertThat(relayed.header("X-Cache")).isEqualTo("HIT");
        assertThat(relayed.body()).contains(typed);
        assertThat(server.counters().requestsTo(CHAT)).isEqualTo(1);
    }

    @Test
    void request_ofAnotherKey_isNotAnsweredFromTheAnswersOfTheFirst() throws IOException {
        restart(Map.of("paddock.gateway.access.key-hashes", sha256("one") + "," + sha256("two")));
        String body = COLD.formatted(false);

        assertThat(post(CHAT, body, "Authorization: Bearer one").header("X-Cache")).isEqualTo("MISS");
        assertThat(post(CHAT, body, "Authorization: Bearer two").header("X-Cache")).isEqualTo("MISS");
        assertThat(post(CHAT, body, "Authorization: Bearer one").header("X-Cache")).isEqualTo("HIT");
        assertThat(server.counters().requestsTo(CHAT)).isEqualTo(2);
    }

    @Test
    void request_onlyIfCached_isNeverSent() throws IOException {
        RawClient.Response missing = post(CHAT, COLD.formatted(false), "Cache-Control: only-if-cached");
        RawClient.Response openAi = post("/v1/chat/completions", "{\"model\":\"m\"}", "Cache-Control: only-if-cached");

        assertThat(missing.status()).isEqualTo(504);
        assertThat(missing.body()).contains("\"error\":\"there is no stored response\"");
        assertThat(openAi.status()).isEqualTo(504);
        assertThat(openAi.body()).contains("\"message\":\"there is no stored response\"");
        assertThat(server.counters().requestsTo(CHAT)).isZero();
    }

    @Test
    void request_failedAnswer_isNotStored() throws IOException {
        server.faults().enqueue(FaultScript.on(CHAT).times(1).then(Fault.badGatewayPage()));

        assertThat(post(CHAT, COLD.formatted(false)).status()).isEqualTo(502);
        assertThat(post(CHAT, COLD.formatted(false)).header("X-Cache")).isEqualTo("MISS");
        assertThat(post(CHAT, COLD.formatted(false)).header("X-Cache")).isEqualTo("HIT");
    }

    @Test
    void stream_manyEqualRequestsAtOnce_areOneAtTheServer() {
        Latch latch = new Latch();
        server.faults().enqueue(FaultScript.on(CHAT).times(1).then(new Fault.HoldLines(3, latch)));
        List<Future<RawClient.Response>> clients = new ArrayList<>();
        for (int count = 0; count < 100; count++) {
            clients.add(Parallel.start(() -> post(CHAT, COLD.formatted(true))));
        }
        Eventually.await("all have joined", () -> metric("paddock_single_flight_joined_total{operation=\"chat\"} 99"));
        latch.open();

        String body = Parallel.resultOf(clients.getFirst()).body();
        assertThat(body).contains("\"done\":true");
        assertThat(clients).allSatisfy(client -> assertThat(Parallel.resultOf(client).body()).isEqualTo(body));
        assertThat(clients.stream().filter(client -> String.valueOf(Parallel.resultOf(client).header("Cache-Status")).endsWith("; collapsed")))
                .hasSize(99);
        assertThat(server.counters().requestsTo(CHAT)).isEqualTo(1);
    }

    @Test
    void load_manyCallersOfOneModel_isOneAtTheServer() {
        Latch latch = new Latch();
        server.faults().enqueue(FaultScript.on("/api/generate").times(1).then(new Fault.HoldLoad(latch)));
        List<Future<RawClient.Response>> clients = new ArrayList<>();
        for (int count = 0; count < 20; count++) {
            clients.add(Parallel.start(() -> post("/api/generate", "{\"model\":\"llama3.2\",\"keep_alive\":\"5m\"}")));
        }
        Eventually.await("all have joined", () -> metric("paddock_single_flight_joined_total{operation=\"generate\"} 19"));
        latch.open();

        assertThat(clients).allSatisfy(client -> assertThat(Parallel.resultOf(client).status()).isEqualTo(200));
        assertThat(server.counters().requestsTo("/api/generate")).isEqualTo(1);
        assertThat(server.counters().loadsStarted()).isEqualTo(1);
    }

    @Test
    void disconnect_ofTheLastClient_reachesTheServer() throws Exception {
        Latch latch = new Latch();
        server.faults().enqueue(FaultScript.on(CHAT).times(1).then(new Fault.HoldLines(3, latch)));
        try (RawClient one = new RawClient(port()); RawClient other = new RawClient(port())) {
            one.postJson(CHAT, COLD.formatted(true)).head();
            other.postJson(CHAT, COLD.formatted(true)).head();
            one.disconnect();
            other.chunk();
            assertThat(server.counters().disconnects()).isZero();
            other.disconnect();

            assertThat(server.awaitDisconnect(Duration.ofSeconds(30))).isTrue();
        } finally {
            latch.open();
        }
    }

    @Test
    void operator_seesAndChangesTheCache() throws IOException {
        post(CHAT, COLD.formatted(false));
        post(CHAT, COLD.formatted(false));
        post(CHAT, "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"stream\":false}");

        assertThat(get("/api/cache-stats").body())
                .contains("\"hits\":1,\"misses\":1", "\"bypasses\":{\"sampled\":1}", "\"size\":1", "\"hit_rate\":0.5");
        assertThat(get("/api/semantic-cache/metrics").body())
                .contains("\"semantic_cache\":{\"enabled\":true,\"hits\":1,\"misses\":1,\"exact_hits\":1,\"semantic_hits\":0,\"total_requests\":2,")
                .contains("\"info\":{\"description\":")
                .doesNotContain("bypasses");
        assertThat(post("/api/cache/config", "{\"ttl\":60,\"enabled\":false}").body())
                .contains("\"enabled\":false,\"changed\":{\"enabled\":false,\"ttl\":60.0");
        assertThat(post(CHAT, COLD.formatted(false)).header("Cache-Status")).isEqualTo("paddock; fwd=bypass; detail=switched_off");
        RawClient.Response wrong = post("/api/cache/config", "{\"ttl\":0,\"max_bytes\":1e18,\"similarity_threshold\":1.5,\"x\":1}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("ttl is", "max_bytes is", "similarity_threshold cannot", "x is not a field");
        for (String unclear : List.of(
                "{}",
                "no JSON",
                "{'all':true,'model':'llama3.2'}",
                "{'tenant':7,'model':'llama3.2'}",
                "{'all':'yes','model':'llama3.2'}",
                "{'db':'x','model':'llama3.2'}",
                "{'model':'m','model':'llama3.2'}",
                "{'tenant':'a','namespace':'b'}")) {
            assertThat(post("/api/cache/clear", json(unclear)).status()).as(unclear).isEqualTo(400);
        }
        assertThat(post("/api/cache/clear", "{\"all\":true}" + " ".repeat(256 << 10)).status()).isEqualTo(413);
        assertThat(post("/api/cache/clear", json("{'all':false,'tenant':null,'model':'m'}")).body()).contains("\"removed\":0,\"size\":1");
        assertThat(post("/api/cache/clear", "{\"model\":\"llama3.2\"}").body()).contains("\"removed\":1,\"size\":0");
        assertThat(get("/metrics").body()).contains("paddock_cache_hits_total{operation=\"chat\"} 1");
    }

    @Test
    void operator_withoutAdministration_mayOnlyLook() throws IOException {
        restart(Map.of("paddock.gateway.admin", "false"));

        assertThat(get("/api/cache-stats").status()).isEqualTo(200);
        assertThat(post("/api/cache/clear", "{\"all\":true}").status()).isEqualTo(403);
        assertThat(post("/api/cache/config", "{\"enabled\":false}").status()).isEqualTo(403);
    }

    @Test
    void request_answeredWithStoredVectors_isAMissThatIsStored() throws IOException {
        restart(Map.of("paddock.batch.enabled", "true"));
        post("/api/embed", json("{'model':'nomic-embed-text','input':['a','b']}"));
        RawClient.Response known = post("/api/embed", json("{'model':'nomic-embed-text','input':['b']}"));

        assertThat(known.header("X-Cache")).isEqualTo("MISS");
        assertThat(known.headers("Cache-Status")).containsExactly("paddock-embeddings; hit", "paddock; fwd=miss; stored");
        assertThat(post("/api/embed", json("{'model':'nomic-embed-text','input':['b']}")).header("X-Cache")).isEqualTo("HIT");
        assertThat(server.counters().requestsTo("/api/embed")).isEqualTo(1);
        assertThat(server.counters().requestsTo("/api/tags")).as("cache and batches share the list of models").isEqualTo(1);
    }

    @Test
    void gateway_withoutCache_addsNothing() throws IOException {
        restart(Map.of("paddock.cache.enabled", "false", "paddock.single-flight.enabled", "false"));

        assertThat(post(CHAT, COLD.formatted(false)).header("X-Cache")).isNull();
        assertThat(post(CHAT, COLD.formatted(false)).header("Cache-Status")).isNull();
        assertThat(get("/api/cache-stats").body()).contains("\"generation_cache\":{\"enabled\":false}");
        assertThat(get("/api/semantic-cache/metrics").body()).contains("\"semantic_cache\":{\"enabled\":false},");
        assertThat(post("/api/cache/clear", "{\"all\":true}").status()).isEqualTo(409);
        assertThat(server.counters().requestsTo("/api/tags")).isZero();
    }

    private PaddockGateway start(Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>(Map.of(
                "paddock.base-url", server.baseUrl(),
                "paddock.gateway.port", "0",
                "paddock.gateway.admin", "true",
                "paddock.cache.enabled", "true",
                "paddock.single-flight.enabled", "true",
                "paddock.retry.max-retries", "0"));
        all.putAll(overrides);
        return PaddockGateway.start(
                GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("test", all)),
                metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, lines -> {}, metrics));
    }

    private void restart(Map<String, String> overrides) {
        gateway.close();
        gateway = start(overrides);
    }

    private int port() {
        return URI.create(gateway.baseUrl()).getPort();
    }

    private RawClient.Response post(String path, String body, String... fields) throws IOException {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("Content-Type: application/json");
        try (RawClient client = new RawClient(port())) {
            return client.request("POST", path, body, all.toArray(String[]::new)).response();
        }
    }

    private RawClient.Response get(String path) throws IOException {
        try (RawClient client = new RawClient(port())) {
            return client.get(path).response();
        }
    }

    private boolean metric(String line) {
        try {
            return get("/metrics").body().contains(line + "\n") || get("/metrics").body().contains(line + ".0\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the texts of an answer, whatever their field is called. */
    private static List<String> texts(RawClient.Response response) {
        return Pattern.compile("\"(?:content|text|response)\":\"([^\"]*)\"")
                .matcher(response.body().replace("\\u003c", "<").replace("\\u003e", ">"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String sha256(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
