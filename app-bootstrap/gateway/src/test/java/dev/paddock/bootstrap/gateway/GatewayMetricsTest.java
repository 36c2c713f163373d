package dev.paddock.bootstrap.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.testsupport.Eventually;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private PaddockGateway gateway;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withOverrides("test", Map.of(
                        "paddock.base-url", "http://127.0.0.1:" + server.getAddress().getPort(), "paddock.gateway.port", "0"));
        AccessLog none = ended -> {};
        gateway = PaddockGateway.start(GatewayConfiguration.load(loader), metrics -> none);
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.stop(0);
        http.close();
    }

    @Test
    void page_hasTheProcessUnderTheNamesOfPrometheus() {
        String page = page();

        assertThat(page)
                .contains(
                        "# TYPE process_cpu_seconds_total counter",
                        "# TYPE process_start_time_seconds gauge",
                        "# TYPE jvm_memory_used_bytes gauge",
                        "jvm_memory_used_bytes{area=\"heap\"} ",
                        "jvm_memory_used_bytes{area=\"nonheap\"} ",
                        "jvm_gc_collections{gc=\"",
                        "jvm_gc_time_seconds{gc=\"",
                        "paddock_build_info{java=\"" + Runtime.version() + "\",version=\"")
                .containsPattern("(?m)^process_cpu_seconds_total [0-9.E]+$")
                .containsPattern("(?m)^jvm_threads_current [1-9]");
    }

    @Test
    void page_ofAUnixSystem_hasItsFileDescriptors() {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            assertThat(page()).containsPattern("(?m)^process_open_fds [1-9]").containsPattern("(?m)^process_max_fds [1-9]");
        }
        if (System.getProperty("os.name").equals("Linux")) {
            assertThat(page()).containsPattern("(?m)^process_resident_memory_bytes [1-9]");
        }
    }

    @Test
    void tokens_ofStreamsAndDocuments_areCountedByModel() {
        answer("/api/chat", 200, "application/x-ndjson", """
                {"model":"a","message":{"content":"x \\"eval_count\\":99"},"done":false}
                {"model":"a","message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":5}
                """);
        answer("/v1/chat/completions", 200, "text/event-stream", """
                data: {"id":"1","model":"b","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}]}

                data: {"id":"1","model":"b","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: {"id":"1","model":"b","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14}}

                data: [DONE]

                """);
        answer("/api/embed", 200, "application/json", "{\"model\":\"c\",\"embeddings\":[[0.5,1.5]],\"prompt_eval_count\":4}");

        post("/api/chat", "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        post("/api/chat", "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        post("/v1/chat/completions", "{\"model\":\"b\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        post("/api/embed", "{\"model\":\"c\",\"input\":\"x\"}");

        Eventually.await("all four have ended", () -> page().contains("{model=\"c\",type=\"input\"} 4.0"));
        assertThat(page()).contains(
                "paddock_gateway_tokens_total{model=\"a\",type=\"input\"} 14.0",
                "paddock_gateway_tokens_total{model=\"a\",type=\"output\"} 10.0",
                "paddock_gateway_tokens_total{model=\"b\",type=\"input\"} 11.0",
                "paddock_gateway_tokens_total{model=\"b\",type=\"output\"} 3.0");
    }

    @Test
    void tokens_ofAModelThatNoServerHas_areNoSeries() {
        answer("/api/chat", 404, "application/json", "{\"error\":\"model 'invented' not found\",\"eval_count\":5}");

        assertThat(post("/api/chat", "{\"model\":\"invented\",\"messages\":[]}")).isEqualTo(404);

        Eventually.await("it has ended", () -> page().contains("outcome=\"model_not_found\"} 1.0"));
        assertThat(page()).doesNotContain("invented");
    }

    private void answer(String path, int status, String type, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private int post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().statusCode();
    }

    private String page() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/metrics")).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
    }
}
