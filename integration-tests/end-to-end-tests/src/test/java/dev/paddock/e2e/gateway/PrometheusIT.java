package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules and the metrics page, as promtool and Prometheus read them. Skipped where they are not installed. */
@Timeout(120)
class PrometheusIT {

    private static final Path ALERTS = Path.of("..", "..", "docs", "alerts").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void promtool_rulesAndTheirExamples_pass() throws Exception {
        String promtool = PrometheusProcess.installed("promtool");

        assertThat(run(promtool, "check", "rules", "paddock.rules.yml")).contains("SUCCESS").doesNotContain("FAILED");
        assertThat(run(promtool, "test", "rules", "paddock.rules.test.yml")).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    void prometheus_firstFailuresAndMistakesOfClients_showInRatesAndFireNothing() throws Exception {
        PrometheusProcess.installed("prometheus");
        ConnectionScript server = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse("404 Not Found", "application/json", "{\"error\":\"model 'm' not found\"}"));
        try (ScriptedServer models = ScriptedServer.start(server);
                PaddockGateway gateway = start(models.baseUrl());
                PrometheusProcess prometheus = PrometheusProcess.start(
                        directory, ALERTS.resolve("paddock.rules.yml"), URI.create(gateway.baseUrl()).getPort())) {
            Eventually.await("a scrape", () -> prometheus.query("up{job=\"paddock\"} == 1").contains("paddock"));
            String counter = "paddock_gateway_requests_total{operation=\"chat\",outcome=\"model_not_found\"}";
            Eventually.await("zero", () -> prometheus.query(counter + " == 0").contains("chat"));
            for (int call = 0; call < 20; call++) {
                assertThat(ask(gateway)).isEqualTo(404);
            }

            Eventually.await("the first mistakes", () -> prometheus.query("increase(" + counter + "[1m]) > 0").contains("chat"));
            // Before the first scrape, the gateway is rightly unknown.
            assertThat(prometheus.query("count_over_time(ALERTS{alertname!=\"PaddockDown\"}[1h])")).contains("\"result\":[]");
            assertThat(prometheus.query("count_over_time(ALERTS{alertstate=\"firing\"}[1h])")).contains("\"result\":[]");
            Eventually.await("the end of the alert", () -> prometheus.query("ALERTS").contains("\"result\":[]"));
            assertThat(prometheus.page("/api/v1/rules")).contains("PaddockDown").doesNotContain("\"health\":\"err\"");
        }
    }

    @Test
    void promtool_pageOfAGateway_isValidAndHasHistograms() throws Exception {
        String promtool = PrometheusProcess.installed("promtool");
        ConnectionScript server = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse("200 OK", "application/json", "{\"model\":\"m\",\"done\":true}"));
        try (ScriptedServer models = ScriptedServer.start(server);
                PaddockGateway gateway = start(models.baseUrl())) {
            assertThat(ask(gateway)).isEqualTo(200);
            int port = URI.create(gateway.baseUrl()).getPort();
            Eventually.await("the call is measured", () -> Stream.of("paddock_request_duration_seconds_bucket{", "# TYPE paddock_gateway_duration_seconds ")
                    .allMatch(page(port)::contains));
            String page = page(port);

            assertThat(page)
                    .contains("# TYPE paddock_gateway_duration_seconds histogram", "# TYPE paddock_pool_acquire_seconds histogram")
                    .contains("paddock_request_duration_seconds_bucket{operation=\"chat\",le=\"+Inf\"} 1")
                    .doesNotContain("quantile=");
            Path input = Files.writeString(directory.resolve("page"), page);
            assertThat(run(ProcessBuilder.Redirect.from(input.toFile()), promtool, "check", "metrics")).isEmpty();
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        return run(ProcessBuilder.Redirect.PIPE, command);
    }

    private String run(ProcessBuilder.Redirect input, String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectInput(input)
                .directory(ALERTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        assertThat(status).as(() -> read(output)).isZero();
        return read(output);
    }

    private static PaddockGateway start(String server) {
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withOverrides("the test", Map.of("paddock.base-url", server, "paddock.gateway.port", "0"));
        return PaddockGateway.start(
                GatewayConfiguration.load(loader), metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, List::size, metrics));
    }

    private static int ask(PaddockGateway gateway) throws IOException {
        try (RawClient client = new RawClient(URI.create(gateway.baseUrl()).getPort())) {
            return client.post("/api/chat", "{\"model\":\"m\"}").response().status();
        }
    }

    private static String page(int port) {
        try (RawClient client = new RawClient(port)) {
            return client.get("/metrics").response().body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
