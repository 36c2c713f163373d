package dev.paddock.adapters.http.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.Gateway;
import dev.paddock.adapters.http.gateway.GatewayDependencies;
import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.relay.ScriptedPort;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.ports.metrics.MetricsPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a browser, a balancer and Prometheus see on the wire. */
class OperatorEndpointsOverHttpTest {

    private static final String PAGE = "# TYPE x gauge\nx 1.0\n";

    private final ScriptedPort port = ScriptedPort.answering(200, Headers.EMPTY, Framing.DOCUMENT);
    private final Gateway server = Gateway.start(
            new GatewayDependencies(
                    port,
                    MetricsPort.noOp(),
                    OperatorEndpoints.of(List::of, List::of, series -> null, stream -> stream.write(PAGE.getBytes(UTF_8)))),
            GatewaySettings.of("127.0.0.1", 0),
            record -> {});
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
        assertThat(port.requests()).isEmpty();
    }

    @Test
    void metrics_get_isThePage() throws Exception {
        HttpResponse<String> response = send("GET", "/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(PAGE);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void metrics_head_hasTheLengthButNoBody() throws Exception {
        HttpResponse<String> response = send("HEAD", "/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(PAGE.length());
    }

    @Test
    void probes_get_areJson() throws Exception {
        assertThat(send("GET", "/healthz").body()).isEqualTo("{\"status\":\"ok\"}\n");
        assertThat(send("GET", "/readyz").body()).isEqualTo("{\"ready\":true}\n");
        assertThat(send("GET", "/api/connection-pool/metrics").body()).contains("\"backends\":[]");
    }

    @Test
    void readiness_post_isNotAllowed() throws Exception {
        HttpResponse<String> response = send("POST", "/readyz");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
        return client.send(request, BodyHandlers.ofString());
    }
}
