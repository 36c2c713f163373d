package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.testsupport.Eventually;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a browser, a script and an operator with a key see it. */
@Timeout(90)
class DashboardIT {

    private final OllamaSimulator server = OllamaSimulator.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @TempDir private Path directory;

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void root_browser_isSentToThePageAndOthersReachTheServer() throws Exception {
        try (PaddockGateway gateway = start(Map.of())) {
            HttpResponse<String> ofServer = get(gateway, "/", "Accept", "*/*");
            HttpResponse<String> ofBrowser = get(gateway, "/", "Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");

            assertThat(ofServer.body()).isEqualTo("Ollama is running");
            assertThat(ofBrowser.statusCode()).isEqualTo(302);
            assertThat(ofBrowser.headers().firstValue("Location")).contains("/paddock/");
            assertThat(ofBrowser.body()).contains("Paddock");
        }
    }

    @Test
    void page_files_areSelfContainedAndAllowNothingElse() throws Exception {
        try (PaddockGateway gateway = start(Map.of())) {
            for (String file : List.of("", "dashboard.js", "dashboard.css")) {
                HttpResponse<String> response = get(gateway, "/paddock/" + file);
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                        .contains("default-src 'none'")
                        .doesNotContain("unsafe");
                assertThat(response.body()).doesNotContain("https://").doesNotContainPattern("<script>|onclick|style=");
            }
        }
    }

    @Test
    void snapshot_afterRequests_tellsOfThemWithoutTheirContent() throws Exception {
        try (PaddockGateway gateway = start(Map.of("paddock.cache.enabled", "true"))) {
            chat(gateway, "nothing-like-it", "very-secret-words");
            chat(gateway, "llama3.2", "very-secret-words");
            chat(gateway, "llama3.2", "very-secret-words");

            Eventually.await("all requests in a snapshot", () -> {
                String now = snapshot(gateway);
                return now.contains("\"ok\":2") && now.contains("\"model_not_found\":1");
            });
            String text = snapshot(gateway);
            Map<?, ?> snapshot = (Map<?, ?>) PlainJson.fromText(text);
            Map<?, ?> requests = (Map<?, ?>) snapshot.get("requests");

            assertThat(requests.get("outcomes")).isEqualTo(Map.of("ok", 2, "model_not_found", 1));
            assertThat(requests.get("failed").toString()).contains("nothing-like-it", "model_not_found", "404");
            assertThat((List<?>) requests.get("slowest")).hasSize(3);
            assertThat(requests.get("first_frames").toString()).contains("llama3.2", "p99_ms");
            assertThat(((Map<?, ?>) snapshot.get("cache")).get("hits")).isEqualTo(1);
            assertThat(((Map<?, ?>) snapshot.get("connection_pool")).get("backends").toString()).contains("leased", "closed");
            assertThat(snapshot.get("backends").toString()).contains(server.baseUrl());
            assertThat(text).doesNotContain("very-secret-words");
            Eventually.await("the access log", () -> log.size() == 3);
            assertThat(log).as("the requests of the dashboard are not in the access log").noneMatch(line -> line.contains("/paddock/"));
        }
    }

    @Test
    void history_nobodyHasWatched_hasTheConnectionsOfBefore() throws Exception {
        try (PaddockGateway gateway = start(Map.of())) {
            chat(gateway, "llama3.2", "Hello");

            Eventually.await(() -> "a sample with the connection that was opened: " + body(gateway, "/paddock/history"), () -> {
                String history = body(gateway, "/paddock/history");
                return history.contains("\"endpoint\":\"" + server.baseUrl() + "\"") && history.matches("(?s).*\"created\":\\[(null,|0,)*[1-9].*");
            });
        }
    }

    @Test
    void figures_gatewayWithKeys_needOne() throws Exception {
        String hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"; // of 'test'
        try (PaddockGateway gateway = start(Map.of("paddock.gateway.access.key-hashes", hash))) {
            assertThat(get(gateway, "/paddock/snapshot").statusCode()).isEqualTo(401);
            assertThat(get(gateway, "/paddock/events").statusCode()).isEqualTo(401);
            assertThat(get(gateway, "/paddock/history").statusCode()).isEqualTo(401);
            assertThat(get(gateway, "/paddock/").statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/paddock/snapshot", "Authorization", "Bearer test").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void events_gatewayDrains_endAndDelayNothing() throws Exception {
        try (PaddockGateway gateway = start(Map.of())) {
            HttpResponse<InputStream> events = client.send(request(gateway, "/paddock/events"), HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), UTF_8))) {
                assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
                assertThat(lines.readLine()).isEqualTo("id: 1");
                assertThat(lines.readLine()).startsWith("data: {\"timestamp\":");
                assertThat(lines.readLine()).isEmpty();
                assertThat(lines.readLine()).isEqualTo("id: 2");

                assertThat(gateway.drain()).as("requests that were cut").isZero();
                String last = lines.readLine();
                while (last != null) {
                    last = lines.readLine();
                }
            }
        }
    }

    @Test
    void dashboard_switchedOff_isNotThere() throws Exception {
        try (PaddockGateway gateway = start(Map.of("paddock.gateway.dashboard", "false"))) {
            assertThat(get(gateway, "/paddock/").statusCode()).isEqualTo(404);
            assertThat(get(gateway, "/", "Accept", "text/html").body()).isEqualTo("Ollama is running");
        }
    }

    @Test
    void page_inABrowser_showsTheFigures() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v chromium").start().waitFor() == 0, "chromium is not installed");
        Map<String, String> settings = Map.of("paddock.single-flight.enabled", "true", "paddock.batch.enabled", "true");
        try (PaddockGateway gateway = start(settings)) {
            chat(gateway, "llama3.2", "Hello");
            String page = page(gateway);
            for (int more = 0; more < 4 && !page.contains("class=\"live\""); more++) {
                page = page(gateway); // the time of the browser may have ended before the first event
            }

            assertThat(page).contains("class=\"live\"", server.baseUrl(), "llama3.2", "in use", "first frame p50");
            assertThat(page).contains("joined a call in progress", "texts per request", "class=\"opened\"", "<td>closed</td>");
            assertThat(page).as("panels of features that are off").contains("<section id=\"cache\" aria-labelledby=\"cache-title\" hidden");
        }
    }

    /** Returns the page as a browser shows it after two seconds, which are less than it waits for an event. */
    private String page(PaddockGateway gateway) throws Exception {
        Process browser = new ProcessBuilder(
                        "timeout", "-k", "5", "40",
                        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + directory,
                        "--virtual-time-budget=2000", "--dump-dom", gateway.baseUrl() + "/paddock/")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String page = new String(browser.getInputStream().readAllBytes(), UTF_8);
        assumeTrue(browser.waitFor() == 0, "chromium does not run here");
        return page;
    }

    private PaddockGateway start(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("paddock.base-url", server.baseUrl());
        all.put("paddock.gateway.port", "0");
        GatewayConfiguration configuration =
                GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("test", all));
        return PaddockGateway.start(configuration, metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, log::addAll, metrics));
    }

    private String snapshot(PaddockGateway gateway) {
        return body(gateway, "/paddock/snapshot");
    }

    private String body(PaddockGateway gateway, String path) {
        try {
            return get(gateway, path).body();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void chat(PaddockGateway gateway, String model, String text) throws Exception {
        String body = PlainJson.toText(Map.of(
                "model", model, "stream", false, "options", Map.of("temperature", 0), "messages", List.of(Map.of("role", "user", "content", text))));
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/api/chat"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(PaddockGateway gateway, String path, String... headers) throws Exception {
        return client.send(request(gateway, path, headers), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(PaddockGateway gateway, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + path));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
