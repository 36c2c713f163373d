package dev.paddock.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.Gateway;
import dev.paddock.adapters.http.gateway.GatewayDependencies;
import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.operations.OperatorEndpoints;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.metrics.dropwizard.PrometheusText;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.PaddockSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolJsonDocumentationTest {

    private static final Pattern FIELD_ROW =
            Pattern.compile("(?m)^\\| `(timestamp|connection_pool\\.\\S+|info\\.\\S+)` \\| \\S.* \\|$");

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "operations.md");

    private final Paddock paddock = Paddock.start(PaddockSettings.defaults());
    private final Gateway gateway = Gateway.start(
            new GatewayDependencies(
                    paddock.exchange(),
                    paddock.metrics(),
                    OperatorEndpoints.of(paddock.pool(), paddock.circuitBreakers(), paddock.durations(), paddock::writeMetrics)),
            GatewaySettings.of("127.0.0.1", 0),
            record -> {});

    @AfterEach
    void stop() {
        gateway.close();
        paddock.close();
    }

    @Test
    void document_everyFieldOfTheJson_isInTheTable() throws Exception {
        List<String> documented = FIELD_ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        Set<String> fields = new LinkedHashSet<>();
        collect("", PlainJson.fromText(get(OperatorEndpoints.POOL).body()), fields);

        assertThat(documented).containsExactlyElementsOf(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        OperatorEndpoints.POOL, OperatorEndpoints.METRICS, OperatorEndpoints.HEALTH, OperatorEndpoints.READINESS
    })
    void document_everyPath_isInTheTable(String path) throws Exception {
        assertThat(Files.readString(DOCUMENT)).contains("\n| `" + path + "` | ");
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void metrics_contentType_isThatOfThePage() throws Exception {
        assertThat(get(OperatorEndpoints.METRICS).headers().firstValue("Content-Type"))
                .contains(PrometheusText.CONTENT_TYPE);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void collect(String path, Object json, Set<String> fields) {
        if (json instanceof Map<?, ?> object) {
            String prefix = path.isEmpty() ? "" : path + ".";
            object.forEach((name, value) -> collect(prefix + name, value, fields));
        } else if (json instanceof List<?> list && list.getFirst() instanceof Map<?, ?>) {
            list.forEach(element -> collect(path + "[]", element, fields));
        } else {
            fields.add(path);
        }
    }
}
