package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
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
        String promtool = installed("promtool");

        assertThat(run(promtool, "check", "rules", "paddock.rules.yml")).contains("SUCCESS").doesNotContain("FAILED");
        assertThat(run(promtool, "test", "rules", "paddock.rules.test.yml")).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    void prometheus_firstFailuresAndMistakesOfClients_showInRatesAndFireNothing() throws Exception {
        String prometheus = installed("prometheus");
        ConnectionScript server = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse("404 Not Found", "application/json", "{\"error\":\"model 'm' not found\"}"));
        try (ScriptedServer models = ScriptedServer.start(server);
                PaddockGateway gateway = start(models.baseUrl())) {
            int port = freePort();
            Process process = start(prometheus, port, URI.create(gateway.baseUrl()).getPort());
            try {
                Eventually.await("a scrape", () -> query(port, "up{job=\"paddock\"} == 1").contains("paddock"));
                String counter = "paddock_gateway_requests_total{operation=\"chat\",outcome=\"model_not_found\"}";
                Eventually.await("zero", () -> query(port, counter + " == 0").contains("chat"));
                for (int call = 0; call < 20; call++) {
                    assertThat(ask(gateway)).isEqualTo(404);
                }

                Eventually.await("the first mistakes", () -> query(port, "increase(" + counter + "[1m]) > 0").contains("chat"));
                // Before the first scrape, the gateway is rightly unknown.
                assertThat(query(port, "count_over_time(ALERTS{alertname!=\"PaddockDown\"}[1h])")).contains("\"result\":[]");
                assertThat(query(port, "count_over_time(ALERTS{alertstate=\"firing\"}[1h])")).contains("\"result\":[]");
                Eventually.await("the end of the alert", () -> query(port, "ALERTS").contains("\"result\":[]"));
                assertThat(page(port, "/api/v1/rules")).contains("PaddockDown").doesNotContain("\"health\":\"err\"");
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    @Test
    void promtool_pageOfAGateway_isValidAndHasHistograms() throws Exception {
        String promtool = installed("promtool");
        ConnectionScript server = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse("200 OK", "application/json", "{\"model\":\"m\",\"done\":true}"));
        try (ScriptedServer models = ScriptedServer.start(server);
                PaddockGateway gateway = start(models.baseUrl())) {
            assertThat(ask(gateway)).isEqualTo(200);
            int port = URI.create(gateway.baseUrl()).getPort();
            Eventually.await("the call is measured", () -> Stream.of("paddock_request_duration_seconds_bucket{", "# TYPE paddock_gateway_duration_seconds ")
                    .allMatch(page(port, "/metrics")::contains));
            String page = page(port, "/metrics");

            assertThat(page)
                    .contains("# TYPE paddock_gateway_duration_seconds histogram", "# TYPE paddock_pool_acquire_seconds histogram")
                    .contains("paddock_request_duration_seconds_bucket{operation=\"chat\",le=\"+Inf\"} 1")
                    .doesNotContain("quantile=");
            Path input = Files.writeString(directory.resolve("page"), page);
            assertThat(run(ProcessBuilder.Redirect.from(input.toFile()), promtool, "check", "metrics")).isEmpty();
        }
    }

    private static String installed(String command) {
        String path = System.getenv("PATH");
        String found = Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .map(part -> new File(part, command))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst()
                .orElse("");
        assumeTrue(!found.isEmpty(), () -> "skipped: " + command + " is not installed (Debian: apt-get install prometheus)");
        return found;
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

    private Process start(String prometheus, int port, int scraped) throws IOException {
        Path configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
                rule_files: [ "%s" ]
                scrape_configs:
                  - job_name: paddock
                    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
                """.formatted(ALERTS.resolve("paddock.rules.yml"), scraped));
        return new ProcessBuilder(
                prometheus,
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
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

    private static String query(int port, String expression) {
        return page(port, "/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    }

    /** Returns a page of Prometheus, empty while it does not listen yet. */
    private static String page(int port, String target) {
        try (RawClient client = new RawClient(port)) {
            return client.get(target).response().body();
        } catch (IOException notYet) {
            return "";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
