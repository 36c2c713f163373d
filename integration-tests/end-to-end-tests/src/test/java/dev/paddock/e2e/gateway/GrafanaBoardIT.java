package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each query of the board in {@code docs/deploy/grafana} against a gateway that has everything switched on and has served requests. */
@Timeout(120)
class GrafanaBoardIT {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path BOARD = PROJECT.resolve("docs/deploy/grafana/paddock.json");

    /** These appear when servers or answers fail, or processes share a store: their names and labels are compared with the documentation. */
    private static final Pattern RARE = Pattern.compile(
            "paddock_(?:batch_wait_seconds|routing_failovers_total|routing_ejections_total|semantic_cache_false_hits|shared_state_leases_total)");

    @TempDir
    private Path directory;

    private final OllamaSimulator one = OllamaSimulator.start();
    private final OllamaSimulator two = OllamaSimulator.start();
    private PaddockGateway gateway;
    private int port;

    @BeforeEach
    void serveRequests() throws IOException {
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults().withOverrides("the test", Map.ofEntries(
                Map.entry("paddock.backends.0.base-url", one.baseUrl()),
                Map.entry("paddock.backends.1.base-url", two.baseUrl()),
                Map.entry("paddock.gateway.port", "0"),
                Map.entry("paddock.admission.enabled", "true"),
                Map.entry("paddock.cache.enabled", "true"),
                Map.entry("paddock.single-flight.enabled", "true"),
                Map.entry("paddock.batch.enabled", "true"),
                Map.entry("paddock.semantic-cache.enabled", "true"),
                Map.entry("paddock.semantic-cache.embedding-model", "nomic-embed-text"),
                // Nothing listens there: the metrics of the store are those of one that is unavailable.
                Map.entry("paddock.shared-state.url", "redis://127.0.0.1:1")));
        gateway = PaddockGateway.start(
                GatewayConfiguration.load(loader), metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, List::size, metrics));
        port = URI.create(gateway.baseUrl()).getPort();
        for (int time = 0; time < 2; time++) {
            assertThat(ask("/api/generate", "'model':'llama3.2','prompt':'What is the capital of France?','options':{'temperature':0}")).isEqualTo(200);
            assertThat(ask("/api/embed", "'model':'nomic-embed-text','input':['a','b']")).isEqualTo(200);
        }
        assertThat(ask("/api/chat", "'model':'missing','messages':[]")).isNotEqualTo(200);
        Eventually.await("a lookup of a similar question", () -> metrics().contains("paddock_semantic_cache_lookups_total"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        one.close();
        two.close();
    }

    @Test
    void queries_ofTheBoard_nameWhatTheGatewayHas() throws IOException {
        String rare = documentedSeries();

        assertThat(queries()).hasSizeGreaterThan(50);
        // A measurement may be there a moment after the answer.
        for (String query : queries()) {
            PrometheusQuery parsed = new PrometheusQuery(query);
            Eventually.await(() -> query + ": " + parsed.missingIn(metrics() + rare), () -> parsed.missingIn(metrics() + rare).isEmpty());
        }
    }

    @Test
    void queries_ofTheBoard_areAnsweredByPrometheus() throws IOException {
        try (PrometheusProcess prometheus = PrometheusProcess.start(directory, PROJECT.resolve("docs/alerts/paddock.rules.yml"), port)) {
            for (String query : queries()) {
                Eventually.await(() -> query + ": " + prometheus.query(query), () -> isAnswered(prometheus.query(query), RARE.matcher(query).find()));
            }
        }
    }

    private static boolean isAnswered(String answer, boolean rare) {
        return answer.startsWith("{\"status\":\"success\"") && (rare || !answer.contains("\"result\":[]"));
    }

    /** Returns the queries as Grafana sends them, with its variables replaced. */
    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        for (Object panel : list(object(PlainJson.fromText(Files.readString(BOARD))).get("panels"))) {
            if (object(panel).get("targets") instanceof List<?> targets) {
                targets.forEach(target -> queries.add(((String) object(target).get("expr"))
                        .replace("$__rate_interval", "1m")
                        .replace("$__range", "1m")
                        .replace("$instance", ".*")));
            }
        }
        return queries;
    }

    /** Returns the series of the rare metrics, as the table of metrics in the documentation has them. */
    private static String documentedSeries() throws IOException {
        StringBuilder series = new StringBuilder();
        for (String row : Files.readAllLines(PROJECT.resolve("docs/operations.md"))) {
            String[] cells = row.split("\\|");
            if (cells.length > 3 && RARE.matcher(cells[1]).find()) {
                boolean histogram = cells[2].contains("histogram");
                String labels = cells[3].replace("`", "").strip() + (histogram ? ",le" : "");
                series.append('\n').append(cells[1].replace("`", "").strip()).append(histogram ? "_bucket{" : "{");
                Stream.of(labels.split(",")).map(String::strip).filter(label -> !label.isEmpty()).forEach(label -> series.append(label).append("=\"x\","));
                series.append("} 0");
            }
        }
        return series.toString();
    }

    private static Map<?, ?> object(Object json) {
        return (Map<?, ?>) json;
    }

    private static List<?> list(Object json) {
        return (List<?>) json;
    }

    private String metrics() {
        try (RawClient client = new RawClient(port)) {
            return client.get("/metrics").response().body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private int ask(String path, String fields) {
        try (RawClient client = new RawClient(port)) {
            return client.postJson(path, ("{" + fields + "}").replace('\'', '"')).response().status();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
