package dev.paddock.bootstrap.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.operations.OperationsSources;
import dev.paddock.adapters.http.gateway.operations.OperatorEndpoints;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.metrics.PrometheusText;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
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
    private final OperatorEndpoints answers = new OperatorEndpoints(new OperationsSources(
            paddock.pool(), paddock.circuitBreakers(), paddock.durations(), paddock::writeMetrics));

    @AfterEach
    void stop() {
        paddock.close();
    }

    @Test
    void document_everyFieldOfTheJson_isInTheTable() throws IOException {
        List<String> documented = FIELD_ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        Set<String> fields = new LinkedHashSet<>();
        collect("", PlainJson.fromText(new String(get(OperatorEndpoints.POOL).body(), UTF_8)), fields);

        assertThat(documented).containsExactlyElementsOf(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        OperatorEndpoints.POOL, OperatorEndpoints.METRICS, OperatorEndpoints.HEALTH, OperatorEndpoints.READINESS
    })
    void document_everyPath_isInTheTable(String path) throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("\n| `" + path + "` | ");
        assertThat(get(path).head().status()).isEqualTo(200);
    }

    @Test
    void metrics_contentType_isThatOfThePage() {
        assertThat(get(OperatorEndpoints.METRICS).head().headers().first("Content-Type"))
                .isEqualTo(PrometheusText.CONTENT_TYPE);
    }

    private ServerResponse get(String path) {
        return answers.answer(new RequestHead("GET", path, Headers.EMPTY, "127.0.0.1"), false);
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
