package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One caller sends requests that its server cannot answer. The other callers of the gateway do not notice. */
@Timeout(120)
class CircuitAttackIT {

    private static final String GOOD = "{\"model\":\"m\",\"messages\":[]}";
    private static final String ANSWER = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"done\":true}";
    private static final int ATTACKS = 60;
    private static final int LEAST_SUCCESS_PERCENT = 99;

    @ParameterizedTest(name = "{0} {1} {3}")
    @CsvSource(delimiter = '|', value = {
        "POST | /api/chat | {'model':'m','images':['bad']} | 500 | json | {'error':'failed to decode the image'}",
        "POST | /api/chat | {'model':'m','options':{'bad':1}} | 500 | json | {'error':'the option is out of range'}",
        "POST | /v1/chat/completions | {'model':'m','bad':1} | 500 | json | {'error':{'message':'no such tool','type':'server_error'}}",
        "POST | /v1/chat/completions | {'model':'m','bad':1} | 500 | text | Internal Server Error",
        "POST | /api/chat | {'model':'m','bad':1} | 502 | json | {'error':'upstream unreachable'}",
        "POST | /api/chat | {'model':'../m','bad':1} | 502 | html | <html><title>502 Bad Gateway</title></html>",
        "POST | /api/embed | {'input':'bad'} | 504 | html | <html><title>504 Gateway Timeout</title></html>",
        "POST | /api/embed | {'model':'m','input':'bad'} | 400 | json | {'error':'llama runner process has terminated: EOF'}",
        "POST | /v1/chat/completions | {'model':'m','bad':1,'stream':true} | 200 | events | {'error':{'message':'too long','code':400}}",
        "POST | /api/chat | {'model':'m','bad':1,'stream':true} | 200 | lines | {'error':'the template cannot be parsed'}",
        "POST | /api/experimental/web_search | {'query':'bad'} | 500 | json | {'error':'no internet'}",
        "POST | /api/experimental/web_search | {'query':'bad'} | 502 | html | <html><title>502 Bad Gateway</title></html>",
        "POST | /api/experimental/web_search | {'query':'bad'} | 503 | html | <html><title>503</title></html>",
        "POST | /api/experimental/web_search | {'query':'bad'} | 0   | reset | x",
        "GET  | /v1/of-next-year             |                 | 0   | reset | x",
        "POST | /api/show | {'model':'m','bad':1} | 504 | html | <html><title>504</title></html>",
    })
    void attack_byOneCaller_leavesTheOthersTheirAnswers(
            String method, String path, String body, int status, String kind, String answer) throws IOException {
        ConnectionScript script = connection -> {
            while (connection.awaitRequest()) {
                ReceivedRequest request = connection.readRequest();
                if (request.body().equals(GOOD)) {
                    connection.sendResponse("200 OK", "application/json", ANSWER);
                } else if (!sendBad(connection, status, kind, answer.replace('\'', '"'))) {
                    return;
                }
            }
        };
        try (GatewayFixture gateway = GatewayFixture.of(
                script, settings -> settings.withAccess(AccessSettings.DEFAULT.withAdministration(true)))) {
            AtomicBoolean attacking = new AtomicBoolean(true);
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger answered = new AtomicInteger();
            Future<Void> good = Parallel.start(() -> {
                try (RawClient client = new RawClient(gateway.port())) {
                    while (attacking.get() || asked.get() < ATTACKS) {
                        asked.incrementAndGet();
                        answered.addAndGet(client.post("/api/chat", GOOD).response().status() == 200 ? 1 : 0);
                    }
                }
                return null;
            });
            String attack = body == null ? "" : body.replace('\'', '"');
            for (int call = 0; call < ATTACKS; call++) {
                assertThat(gateway.ask(method, path, attack).status()).as("the server has the last word").isNotEqualTo(403);
            }
            attacking.set(false);
            Parallel.resultOf(good);

            assertThat(answered.get() * 100).isGreaterThanOrEqualTo(asked.get() * LEAST_SUCCESS_PERCENT);
            assertThat(gateway.paddock().circuitBreakers().circuits())
                    .filteredOn(circuit -> circuit.model() == null || circuit.model().equals("m"))
                    .extracting(Circuit::state)
                    .containsOnly(CircuitState.CLOSED);
        }
    }

    /** Answers badly; returns whether the connection can be used again. */
    private static boolean sendBad(ScriptedConnection connection, int status, String kind, String answer) throws IOException {
        switch (kind) {
            case "json" -> connection.sendResponse(status + " Bad", "application/json", answer);
            case "text" -> connection.sendResponse(status + " Bad", "text/plain", answer);
            case "html" -> connection.sendResponse(status + " Bad", "text/html", answer);
            case "events" -> connection.sendResponse("200 OK", "text/event-stream", "data: " + answer + "\n\n");
            case "lines" -> connection.sendResponse("200 OK", "application/x-ndjson", answer + "\n");
            case "reset" -> {
                connection.reset();
                return false;
            }
            default -> throw new IllegalArgumentException(kind);
        }
        return true;
    }
}
