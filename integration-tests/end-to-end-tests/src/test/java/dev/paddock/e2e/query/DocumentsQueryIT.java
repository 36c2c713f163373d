package dev.paddock.e2e.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: a folder, the index of the gateway, a simulated server, and questions. */
@Timeout(120)
class DocumentsQueryIT {

    private static final String QUERY = "/api/query";

    private final OllamaSimulator server = OllamaSimulator.start(SimulatorSettings.builder().parallel(64).build());

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void query_aboutAFolder_followsItsDocuments() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Files.writeString(folder.resolve("gates.md"), "# Gates\n\nThe gate opens at dawn.\n");
        Files.writeString(folder.resolve("hay.txt"), "Hay is stored in the barn.");
        String question = "{\"query\":\"When does the gate open?\",\"method\":\"%s\"}";
        try (PaddockGateway gateway = start(folder, Map.of("paddock.cache.enabled", "true"))) {
            for (String method : List.of("bm25", "hybrid", "vector")) {
                Map<?, ?> answer = post(gateway, QUERY, question.formatted(method));
                assertThat(answer.get("answer").toString()).as(answer.toString()).startsWith("The gate opens at dawn. [");
                assertThat(answer.get("cache_hit")).isEqualTo(false);
            }
            long asked = server.counters().requestsTo("/api/chat");
            long embedded = server.counters().requestsTo("/api/embed");
            assertThat(post(gateway, QUERY, question.formatted("hybrid")).get("cache_hit")).isEqualTo(true);
            assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(asked);
            assertThat(server.counters().requestsTo("/api/embed")).isEqualTo(embedded);

            post(gateway, "/api/documents?name=gates.md", "# Gates\n\nThe gate opens at noon.\n");
            Map<?, ?> changed = post(gateway, QUERY, question.formatted("hybrid"));
            assertThat(changed.get("answer").toString()).startsWith("The gate opens at noon. [");
            assertThat(changed.get("cache_hit")).isEqualTo(false);
        }
    }

    /** By words: the vectors of the simulator mean nothing, so that the order by them is chance. */
    @Test
    void query_aboutThisProject_isAnsweredFromItsDocumentation() {
        try (PaddockGateway gateway = start(Path.of("..", "..", "docs"), Map.of())) {
            Map<?, ?> answer = post(gateway, QUERY, "{\"query\":\"Why are prompts never logged?\",\"method\":\"bm25\"}");

            assertThat(answer.get("answer").toString()).as(answer.toString()).contains("never logged").matches("(?s).* \\[\\d]");
        }
    }

    @Test
    void query_withoutDocuments_saysSo() {
        try (PaddockGateway gateway = PaddockGateway.start(configuration(Map.of()), DocumentsQueryIT::log)) {
            assertThat(post(gateway, QUERY, "{\"query\":\"a\"}").get("error")).isEqualTo("no_documents");
        }
        assertThat(server.counters().requestsTo(QUERY)).isZero();
    }

    private PaddockGateway start(Path folder, Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>(Map.of(
                "paddock.documents.folder", folder.toString(),
                "paddock.documents.index", directory.resolve("index").toString(),
                "paddock.query.model", "llama3.2"));
        all.putAll(overrides);
        PaddockGateway gateway = PaddockGateway.start(configuration(all), DocumentsQueryIT::log);
        Eventually.await("the folder is indexed", () -> get(gateway, "/api/documents").get("last_update") instanceof Map);
        return gateway;
    }

    private GatewayConfiguration configuration(Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>(
                Map.of("paddock.base-url", server.baseUrl(), "paddock.gateway.port", "0", "paddock.gateway.admin", "true"));
        all.putAll(overrides);
        return GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("test", all));
    }

    private static AccessLog log(MetricsPort metrics) {
        return AccessLog.ofLines(AccessLogFormat.TEXT, lines -> {}, metrics);
    }

    private static Map<?, ?> get(PaddockGateway gateway, String path) {
        return request(gateway, "GET", path, "");
    }

    private static Map<?, ?> post(PaddockGateway gateway, String path, String body) {
        return request(gateway, "POST", path, body);
    }

    private static Map<?, ?> request(PaddockGateway gateway, String method, String path, String body) {
        try (RawClient client = new RawClient(URI.create(gateway.baseUrl()).getPort())) {
            return (Map<?, ?>) PlainJson.fromText(client.request(method, path, body).response().body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
