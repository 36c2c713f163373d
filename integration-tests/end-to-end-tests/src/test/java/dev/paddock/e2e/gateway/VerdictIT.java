package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics and access log name an answer alike, whatever it is. */
class VerdictIT {

    @ParameterizedTest(name = "{2} {0}: {3} is {5}")
    @CsvSource(delimiter = '|', value = {
        "GET  | /api/of-next-year     | 404 |                                                    | other       | not_found",
        "POST | /v1/of-next-year      | 404 | 404 page not found                                 | other       | not_found",
        "POST | /api/chat             | 404 | 404 page not found                                 | chat        | not_found",
        "POST | /api/chat             | 404 | {\"error\":\"model 'm' not found\"}                | chat        | model_not_found",
        "POST | /v1/chat/completions  | 404 | {\"error\":{\"message\":\"model 'm' not found\"}}  | chat        | model_not_found",
        "POST | /api/chat             | 500 | {\"error\":\"option \\\"x\\\" must be of type array\"} | chat    | invalid_request",
        "POST | /api/chat             | 500 | {\"error\":\"the runner has stopped\"}             | chat        | server_failed",
        "POST | /api/embed            | 400 | {\"error\":\"model runner has unexpectedly stopped\"} | embed    | server_failed",
        "POST | /api/chat             | 401 | {\"error\":\"unauthorized\"}                       | chat        | authentication",
        "POST | /api/chat             | 429 | {\"error\":\"slow down\"}                          | chat        | rate_limited",
        "POST | /api/chat             | 503 | {\"error\":\"server busy\"}                        | chat        | server_busy",
    })
    void answer_withAnErrorStatus_hasOneOutcomeEverywhere(
            String method, String path, int status, String body, String operation, String outcome) throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection ->
                connection.sendResponse(status + " Whatever", "application/json", body == null ? "" : body));
        try (GatewayFixture scene = GatewayFixture.forAnyPath(script, Map.of())) {
            RawClient.Response answer = scene.ask(method, path, method.equals("POST") ? "{\"model\":\"m\"}" : "");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(scene.logLine()).contains(" outcome=" + outcome + " ");
            assertThat(scene.metrics())
                    .contains("paddock_requests_total{operation=\"" + operation + "\",outcome=\"" + outcome + "\"} 1.0")
                    .contains("paddock_errors_total{kind=\"" + outcome + "\",operation=\"" + operation + "\"} 1.0")
                    .contains("paddock_gateway_requests_total{operation=\"" + operation + "\",outcome=\"" + outcome + "\"} 1.0");
        }
    }
}
