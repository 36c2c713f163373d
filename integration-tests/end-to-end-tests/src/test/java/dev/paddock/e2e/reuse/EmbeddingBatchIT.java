package dev.paddock.e2e.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts through the typed client and through the gateway, in both APIs: what reaches the server is counted there. */
@Timeout(120)
class EmbeddingBatchIT {

    private EmbeddingServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = EmbeddingServer.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "openai"})
    void library_knownTextsInAnArray_onlyTheRestIsSent(String dialect) {
        try (Paddock paddock = Paddock.start(configuration(dialect, Map.of()))) {
            embed(paddock, "a", "b");
            AtomicReference<Provenance> provenance = new AtomicReference<>();
            CallContext context = CallContext.create().with(CallAttributes.ON_PROVENANCE, provenance::set);

            EmbedResponse response = paddock.llm().embed(EmbedRequest.of("m", "c", "b", "c", "a"), context);

            assertThat(server.asked()).containsExactly(List.of("a", "b"), List.of("c"));
            assertThat(vectors(response)).isEqualTo(vectorsOf("c", "b", "c", "a"));
            assertThat(response.usage().prompt()).isEqualTo(8);
            assertThat(provenance.get().source()).isEqualTo(Provenance.Source.BATCHED);
            embed(paddock, "b", "a");
            assertThat(server.asked()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "openai"})
    void library_manyCallersWhileOneIsAnswered_shareARequest(String dialect) {
        try (Paddock paddock = Paddock.start(configuration(dialect, Map.of("paddock.batch.cache-bytes", "0")))) {
            List<Future<EmbedResponse>> calls = callsBehindAnother(paddock, "unfit");

            server.answerAll();

            for (int number = 0; number < 6; number++) {
                assertThat(vectors(Parallel.resultOf(calls.get(number)))).isEqualTo(vectorsOf("text " + number));
            }
            assertThatExceptionOfType(Exception.class).isThrownBy(calls.getLast()::get).withCauseInstanceOf(InvalidRequestException.class);
            assertThat(server.asked().get(1)).hasSize(7);
            assertThat(server.asked()).hasSizeLessThanOrEqualTo(2 + 6);
        }
    }

    private List<Future<EmbedResponse>> callsBehindAnother(Paddock paddock, String last) {
        server.hold();
        Parallel.start(() -> embed(paddock, "blocker"));
        Eventually.await(() -> server.asked().size() == 1);
        List<Future<EmbedResponse>> calls = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            String text = "text " + number;
            calls.add(Parallel.start(() -> embed(paddock, text)));
        }
        calls.add(Parallel.start(() -> embed(paddock, last)));
        Eventually.await(() -> metrics(paddock).contains("paddock_batch_waiting 7"));
        server.answer(1);
        Eventually.await(() -> server.asked().size() == 2);
        return calls;
    }

    @Test
    void library_arrayAboveTheLimitOfTheServer_isSplitAndJoined() {
        server.refuseMoreThan(4);
        String[] texts = IntStream.range(0, 10).mapToObj(number -> "text " + number).toArray(String[]::new);
        try (Paddock paddock = Paddock.start(configuration("ollama", Map.of("paddock.batch.array-limit", "4")))) {
            assertThat(vectors(embed(paddock, texts))).isEqualTo(vectorsOf(texts));
        }

        assertThat(server.asked()).extracting(List::size).containsExactly(4, 4, 2);
    }

    @Test
    void library_modelIsPulled_noOlderVectorIsUsed() {
        try (Paddock paddock = Paddock.start(configuration("ollama", Map.of()))) {
            embed(paddock, "a");
            embed(paddock, "a");
            assertThat(server.asked()).hasSize(1);

            paddock.models().pull(new ModelName("m"), CallContext.create()).forEachRemaining(progress -> {});
            embed(paddock, "a");

            assertThat(server.asked()).hasSize(2);
        }
    }

    @Test
    void library_withCacheAndSingleFlight_eachTextIsSentOnce() {
        Map<String, String> all = Map.of("paddock.cache.enabled", "true", "paddock.single-flight.enabled", "true");
        try (Paddock paddock = Paddock.start(configuration("ollama", all))) {
            embed(paddock, "a", "b");
            embed(paddock, "a", "b");
            assertThat(vectors(embed(paddock, "b", "c", "c"))).isEqualTo(vectorsOf("b", "c", "c"));
            assertThat(vectors(embed(paddock, "b", "c", "c"))).isEqualTo(vectorsOf("b", "c", "c"));

            assertThat(server.asked()).containsExactly(List.of("a", "b"), List.of("c"));
        }
    }

    @Test
    void library_switchedOff_eachRequestReachesTheServer() {
        try (Paddock paddock = Paddock.start(configuration("ollama", Map.of("paddock.batch.enabled", "false")))) {
            embed(paddock, "a", "a");
            embed(paddock, "a", "a");

            assertThat(server.asked()).containsExactly(List.of("a", "a"), List.of("a", "a"));
        }
    }

    @ParameterizedTest
    @CsvSource({"ollama, /api/embed, embeddings", "openai, /v1/embeddings, data"})
    void gateway_knownTextsInAnArray_onlyTheRestIsSent(String dialect, String path, String field) throws IOException {
        try (PaddockGateway gateway = PaddockGateway.start(configuration(dialect, Map.of()))) {
            post(gateway, path, "a", "b");

            RawClient.Response response = post(gateway, path, "c", "b", "c");

            assertThat(server.asked()).containsExactly(List.of("a", "b"), List.of("c"));
            assertThat(response.status()).isEqualTo(200);
            assertThat((List<?>) PlainJson.parseObject("an answer", response.body()).get(field)).hasSize(3);
            assertThat(response.headers("X-Paddock-Usage")).containsExactly("estimated");
            assertThat(response.headers("Cache-Status")).containsExactly("paddock-embeddings; fwd=partial");
        }
    }

    @ParameterizedTest
    @CsvSource({"ollama, /api/embed", "openai, /v1/embeddings"})
    void gateway_manyClientsWhileOneIsAnswered_shareARequest(String dialect, String path) {
        try (PaddockGateway gateway = PaddockGateway.start(configuration(dialect, Map.of()))) {
            server.hold();
            Future<RawClient.Response> blocker = Parallel.start(() -> post(gateway, path, "blocker"));
            Eventually.await(() -> server.asked().size() == 1);
            List<Future<RawClient.Response>> clients = new ArrayList<>();
            for (int number = 0; number < 7; number++) {
                String text = number == 6 ? "unfit" : "text " + number;
                clients.add(Parallel.start(() -> post(gateway, path, text)));
            }
            Eventually.await(() -> metrics(gateway.client()).contains("paddock_batch_waiting 7"));

            server.answerAll();

            for (int number = 0; number < 7; number++) {
                RawClient.Response response = Parallel.resultOf(clients.get(number));
                assertThat(response.status()).isEqualTo(number == 6 ? 400 : 200);
                assertThat(response.body()).contains(number == 6 ? "context length" : EmbeddingServer.vector("text " + number).toString());
            }
            assertThat(Parallel.resultOf(blocker).status()).isEqualTo(200);
            assertThat(server.asked().get(1)).hasSize(7);
        }
    }

    @Test
    void start_badSettings_areAllRefusedAtOnce() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Paddock.start(configuration("ollama", Map.of(
                        "paddock.batch.texts", "0",
                        "paddock.batch.characters", "-1",
                        "paddock.batch.bytes", "1",
                        "paddock.batch.array-limit", "0",
                        "paddock.batch.cache-bytes", "1 TiB",
                        "paddock.batch.cache-ttl", "0s",
                        "paddock.batch.shared", "perhaps"))))
                .satisfies(refused -> assertThat(refused.problems()).hasSize(7));
    }

    private ConfigurationLoader configuration(String dialect, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "paddock.batch.enabled", "true",
                "paddock.dialect", dialect,
                "paddock.gateway.port", "0",
                "paddock.retry.max-retries", "0",
                "paddock.cache.models.version", dialect.equals("ollama") ? "digest" : "name"));
        values.putAll(more);
        return ConfigurationLoader.ofDefaults()
                .withEnvironment(Map.of("OLLAMA_BASE_URL", server.baseUrl()))
                .withOverrides("the test", values);
    }

    private static EmbedResponse embed(Paddock paddock, String... texts) {
        return paddock.llm().embed(EmbedRequest.of("m", texts), CallContext.create());
    }

    private static RawClient.Response post(PaddockGateway gateway, String path, String... texts) throws IOException {
        int port = Integer.parseInt(gateway.baseUrl().substring(gateway.baseUrl().lastIndexOf(':') + 1));
        try (RawClient client = new RawClient(port)) {
            String body = PlainJson.toText(PlainJson.object("model", "m", "input", List.of(texts)));
            return client.request("POST", path, body).responseTo("POST");
        }
    }

    private static String metrics(Paddock paddock) {
        try (ByteArrayOutputStream page = new ByteArrayOutputStream()) {
            paddock.writeMetrics(page);
            return page.toString(UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<List<Float>> vectors(EmbedResponse response) {
        return response.embeddings().stream()
                .map(embedding -> IntStream.range(0, embedding.dimensions()).mapToObj(index -> embedding.vector()[index]).toList())
                .toList();
    }

    private static List<List<Float>> vectorsOf(String... texts) {
        return Arrays.stream(texts).map(EmbeddingServer::vector).toList();
    }
}
