package dev.paddock.e2e.telemetry;

import static dev.paddock.e2e.telemetry.CollectorStub.attributes;
import static dev.paddock.e2e.telemetry.CollectorStub.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that exports, between a client, a model server and a collector that are each looked at from outside. */
@Timeout(90)
class OtlpIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String QUESTION =
            "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"question-secret\"}],\"options\":{\"temperature\":0}}";
    private static final List<String> ANSWER = List.of(
            "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"answer-secret\"},\"done\":false}\n",
            "{\"model\":\"llama3.2\",\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":7}\n");

    private CollectorStub collector;

    @BeforeEach
    void startCollector() throws IOException {
        collector = new CollectorStub();
    }

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @Test
    void streamedChat_withATraceParent_isOneTraceFromTheClientToTheServer() throws IOException {
        try (ScriptedServer models = ScriptedServer.start(answering())) {
            try (PaddockGateway gateway = start(models, Map.of("paddock.otlp.headers", "x-api-key=key-secret", "paddock.otlp.service", "models"))) {
                assertThat(ask(gateway, "/api/chat", QUESTION, "traceparent: " + PARENT, "tracestate: vendor=1")).contains("answer-secret");
            }

            Span call = only("chat llama3.2");
            Span attempt = only("POST /api/chat");
            assertThat(hex(call.getTraceId())).isEqualTo(TRACE);
            assertThat(hex(call.getParentSpanId())).isEqualTo("b7ad6b7169203331");
            assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId());
            ReceivedRequest received = questions(models).getFirst();
            assertThat(received.values("traceparent")).containsExactly("00-" + TRACE + "-" + hex(attempt.getSpanId()) + "-01");
            assertThat(received.values("tracestate")).containsExactly("vendor=1");
            assertThat(attributes(call)).containsEntry("gen_ai.usage.input_tokens", "11").containsEntry("gen_ai.usage.output_tokens", "7")
                    .containsEntry("gen_ai.response.finish_reasons", "[stop]").containsEntry("server.port", String.valueOf(models.port()));
            assertThat(attempt.getEventsList()).extracting(Span.Event::getName)
                    .containsExactly("paddock.connection.leased", "paddock.first_frame");
            assertTimesAreInOrder(call, attempt);
            assertThat(collector.resources()).allSatisfy(resource -> assertThat(resource).containsEntry("service.name", "models"));
            assertThat(collector.keys()).isNotEmpty().containsOnly("key-secret");
            assertThat(collector.everything()).doesNotContain("question-secret", "answer-secret", "key-secret");
        }
    }

    @Test
    void metrics_ofTheGateway_areSentAndStayOnItsPage() throws IOException {
        try (ScriptedServer models = ScriptedServer.start(answering())) {
            String page;
            try (PaddockGateway gateway = start(models, Map.of())) {
                ask(gateway, "/api/chat", QUESTION);
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                gateway.client().writeMetrics(text);
                page = text.toString(UTF_8);
            }

            assertThat(page).contains("paddock_requests_total{operation=\"chat\",outcome=\"ok\"} 1.0", "paddock_pool_created_total");
            assertThat(collector.countOf("gen_ai.client.operation.duration")).isEqualTo(1);
            assertThat(collector.countOf("gen_ai.client.operation.time_to_first_chunk")).isEqualTo(1);
            assertThat(collector.countOf("gen_ai.client.token.usage")).isEqualTo(2);
            assertThat(collector.countOf("paddock.gateway.duration")).isEqualTo(1);
            assertThat(collector.metrics()).containsKeys(
                    "paddock.pool.leased", "paddock.pool.idle", "paddock.pool.created", "paddock.gateway.requests", "paddock.circuit.state");
            for (String process : List.of("process.cpu.total", "process.start.time", "jvm.memory.used.bytes", "jvm.threads.current")) {
                assertThat(collector.metrics()).containsKey(process);
                assertThat(collector.metrics().get(process).getGauge().getDataPointsList()).as(process)
                        .isNotEmpty()
                        .allSatisfy(point -> assertThat(point.getAsDouble()).isPositive());
            }
            assertThat(attributes(collector.metrics().get("paddock.build.info").getGauge().getDataPoints(0).getAttributesList()))
                    .containsEntry("java", Runtime.version().toString());
            assertThat(collector.numbers("paddock.gateway.tokens")).extracting(point -> attributes(point.getAttributesList()))
                    .allSatisfy(labels -> assertThat(labels).containsEntry("model", "llama3.2"))
                    .extracting(labels -> labels.get("type"))
                    .containsExactlyInAnyOrder("input", "output");
            assertThat(collector.numbers("paddock.pool.created")).singleElement().satisfies(point -> {
                assertThat(point.getAsInt()).isEqualTo(models.accepted());
                assertThat(attributes(point.getAttributesList())).containsEntry("endpoint", models.baseUrl());
            });
        }
    }

    @Test
    void attempts_thatAreRepeated_areSpansOfOneCall() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        ConnectionScript script = answering(connection -> {
            if (requests.getAndIncrement() == 0) {
                connection.sendResponse("503 Service Unavailable", "application/json", "{\"error\":\"server busy\"}");
            } else {
                connection.sendResponse("200 OK", "application/x-ndjson", String.join("", ANSWER));
            }
        });
        try (ScriptedServer models = ScriptedServer.start(script)) {
            try (PaddockGateway gateway = start(models, Map.of("paddock.retry.backoff", "0s"))) {
                ask(gateway, "/api/chat", QUESTION);
            }

            Span call = only("chat llama3.2");
            assertThat(collector.spans("POST /api/chat")).hasSize(2).allSatisfy(
                    attempt -> assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId()));
            assertThat(collector.spans("POST /api/chat")).extracting(span -> attributes(span).get("http.response.status_code"))
                    .containsExactlyInAnyOrder("503", "200");
            assertThat(attributes(call)).containsEntry("paddock.attempts", "2").doesNotContainKey("error.type");
        }
    }

    @Test
    void equalRequest_fromTheCache_isNoInference() throws IOException {
        try (OllamaSimulator models = OllamaSimulator.start()) {
            try (PaddockGateway gateway = start(models.baseUrl(), Map.of("paddock.cache.enabled", "true"))) {
                ask(gateway, "/api/chat", QUESTION);
                ask(gateway, "/api/chat", QUESTION);
            }

            assertThat(collector.spans("chat llama3.2")).hasSize(1);
            assertThat(only("reuse chat").getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
            assertThat(attributes(only("reuse chat"))).containsEntry("paddock.source", "cache");
            assertThat(collector.countOf("gen_ai.client.operation.duration")).isEqualTo(1);
        }
    }

    @Test
    void client_thatLeaves_endsTheSpansAsCancelled() throws Exception {
        ConnectionScript script = answering(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk(ANSWER.getFirst());
            connection.awaitDisconnect();
        });
        try (ScriptedServer models = ScriptedServer.start(script)) {
            try (PaddockGateway gateway = start(models, Map.of())) {
                try (RawClient client = client(gateway)) {
                    client.post("/api/chat", QUESTION).head();
                    assertThat(client.chunkText()).contains("answer-secret");
                }
                Eventually.await("the end of the call", () -> gauge(gateway, "paddock_gateway_in_flight") == 0);
            }

            assertThat(List.of(only("chat llama3.2"), only("POST /api/chat"))).allSatisfy(span -> {
                assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
                assertThat(attributes(span)).containsEntry("error.type", "cancelled");
            });
        }
    }

    @Test
    void serverThatRefusesConnections_endsTheSpansWithTheFailure() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (PaddockGateway gateway = start("http://127.0.0.1:" + closed, Map.of("paddock.retry.max-retries", "0"))) {
            assertThat(ask(gateway, "/api/chat", QUESTION)).contains("error");
        }

        assertThat(attributes(only("chat llama3.2"))).containsEntry("error.type", "backend_unavailable").doesNotContainKey("paddock.backend");
        assertThat(attributes(only("POST /api/chat"))).containsEntry("error.type", "backend_unavailable");
    }

    @Test
    void queue_ofTheCall_isAnEventOfItsSpan() throws IOException {
        try (ScriptedServer models = ScriptedServer.start(answering())) {
            try (PaddockGateway gateway = start(models, Map.of("paddock.admission.enabled", "true"))) {
                ask(gateway, "/api/chat", QUESTION);
            }

            assertThat(only("chat llama3.2").getEventsList()).extracting(Span.Event::getName)
                    .containsExactly("paddock.admitted", "paddock.first_frame");
        }
    }

    @Test
    void sampledOut_byTheCaller_isMeasuredAndNotTraced() throws IOException {
        try (ScriptedServer models = ScriptedServer.start(answering())) {
            try (PaddockGateway gateway = start(models, Map.of())) {
                ask(gateway, "/api/chat", QUESTION, "traceparent: " + PARENT.replace("-01", "-00"));
            }

            assertThat(collector.spans("chat llama3.2")).isEmpty();
            assertThat(collector.spans("POST /api/chat")).isEmpty();
            assertThat(collector.countOf("gen_ai.client.operation.duration")).isEqualTo(1);
            assertThat(questions(models).getFirst().values("traceparent")).singleElement().satisfies(
                    sent -> assertThat(sent).startsWith("00-" + TRACE).endsWith("-00"));
        }
    }

    @Test
    void collector_thatDoesNotAnswer_costsNoRequest() throws IOException {
        collector.stall();
        try (ScriptedServer models = ScriptedServer.start(answering())) {
            try (PaddockGateway gateway = start(models, Map.of("paddock.otlp.timeout", "1s", "paddock.otlp.interval", "100ms"))) {
                for (int request = 0; request < 50; request++) {
                    assertThat(ask(gateway, "/api/chat", QUESTION)).contains("answer-secret");
                }
            }

            assertThat(questions(models)).hasSize(50);
        }
    }

    @Test
    void collector_thatIsNotThere_costsNoRequest() throws IOException {
        String gone = collector.url();
        collector.close();
        try (ScriptedServer models = ScriptedServer.start(answering())) {
            try (PaddockGateway gateway = start(models.baseUrl(), Map.of("paddock.otlp.endpoint", gone, "paddock.otlp.timeout", "1s"))) {
                assertThat(ask(gateway, "/api/chat", QUESTION)).contains("answer-secret");
            }
        }
    }

    @Test
    void embeddings_documentInParts_haveTheirTokens() throws IOException {
        ConnectionScript script = answering(connection -> {
            connection.sendChunkedHead("application/json");
            connection.sendChunk("{\"model\":\"e\",\"embeddings\":[[0.1,");
            connection.sendChunk("0.2]],\"prompt_eval_");
            connection.sendChunk("count\":4}");
            connection.sendLastChunk();
        });
        try (ScriptedServer models = ScriptedServer.start(script)) {
            try (PaddockGateway gateway = start(models, Map.of())) {
                ask(gateway, "/api/embed", "{\"model\":\"e\",\"input\":\"question-secret\"}");
            }

            assertThat(attributes(only("embeddings e"))).containsEntry("gen_ai.usage.input_tokens", "4")
                    .containsEntry("gen_ai.operation.name", "embeddings").doesNotContainKey("gen_ai.request.stream");
            assertThat(collector.countOf("gen_ai.client.operation.time_to_first_chunk")).isZero();
        }
    }

    @Test
    void batch_thatFails_isAnOperationOfEachCaller() throws IOException {
        Semaphore callersWait = new Semaphore(0);
        AtomicInteger requests = new AtomicInteger();
        ConnectionScript script = answering(connection -> {
            if (requests.getAndIncrement() == 0) {
                callersWait.acquireUninterruptibly();
                connection.sendResponse("200 OK", "application/json", "{\"model\":\"e\",\"embeddings\":[[0.1,0.2]]}");
            } else {
                connection.reset(); // no head, so that callers have nothing but the failure
            }
        });
        try (ScriptedServer models = ScriptedServer.start(script)) {
            try (PaddockGateway gateway = start(models, Map.of("paddock.batch.enabled", "true", "paddock.retry.max-retries", "0"))) {
                Future<String> first = Parallel.start(() -> embed(gateway, "first"));
                Eventually.await("the first request", () -> requests.get() == 1);
                List<Future<String>> together = List.of(Parallel.start(() -> embed(gateway, "a")), Parallel.start(() -> embed(gateway, "b")));
                Eventually.await("callers that wait for it", () -> gauge(gateway, "paddock_batch_waiting") == 2);
                callersWait.release();

                assertThat(Parallel.resultOf(first)).contains("0.2");
                assertThat(together).allSatisfy(call -> assertThat(Parallel.resultOf(call)).contains("error"));
            }

            assertThat(collector.countOf("gen_ai.client.operation.duration")).isEqualTo(1 + 2);
            assertThat(collector.spans("embeddings e").stream().filter(span -> attributes(span).containsKey("error.type"))).hasSize(2);
        }
    }

    private static String embed(PaddockGateway gateway, String text) throws IOException {
        return ask(gateway, "/api/embed", "{\"model\":\"e\",\"input\":\"" + text + "\"}");
    }

    private static ConnectionScript answering() {
        return answering(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            for (String frame : ANSWER) {
                connection.sendChunk(frame);
            }
            connection.sendLastChunk();
        });
    }

    /** Returns a server that answers questions in the given way; the gateway also asks whether it is there. */
    private static ConnectionScript answering(ConnectionScript answer) {
        return connection -> {
            while (connection.awaitRequest()) {
                if (connection.readRequest().method().equals("POST")) {
                    answer.play(connection);
                } else {
                    connection.sendResponse("200 OK", "text/plain", "Ollama is running");
                }
            }
        };
    }

    private static List<ReceivedRequest> questions(ScriptedServer models) {
        return models.requests().stream().filter(request -> request.method().equals("POST")).toList();
    }

    private static void assertTimesAreInOrder(Span call, Span attempt) {
        assertThat(call.getStartTimeUnixNano()).isLessThanOrEqualTo(attempt.getStartTimeUnixNano());
        long before = attempt.getStartTimeUnixNano();
        for (Span.Event event : attempt.getEventsList()) {
            assertThat(event.getTimeUnixNano()).isGreaterThanOrEqualTo(before);
            before = event.getTimeUnixNano();
        }
        assertThat(attempt.getEndTimeUnixNano()).isBetween(before, call.getEndTimeUnixNano());
    }

    private static double gauge(PaddockGateway gateway, String name) {
        try {
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            gateway.client().writeMetrics(page);
            return page.toString(UTF_8).lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                    .sum();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Span only(String name) {
        assertThat(collector.spans(name)).as(name + " among " + collector.spans().stream().map(Span::getName).toList()).hasSize(1);
        return collector.spans(name).getFirst();
    }

    private PaddockGateway start(ScriptedServer models, Map<String, String> more) {
        return start(models.baseUrl(), more);
    }

    private PaddockGateway start(String models, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "paddock.base-url", models, "paddock.gateway.port", "0", "paddock.otlp.endpoint", collector.url()));
        settings.putAll(more);
        return PaddockGateway.start(
                GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("the test", settings)),
                metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, List::size, metrics));
    }

    private static RawClient client(PaddockGateway gateway) throws IOException {
        return new RawClient(URI.create(gateway.baseUrl()).getPort());
    }

    private static String ask(PaddockGateway gateway, String path, String body, String... headers) throws IOException {
        try (RawClient client = client(gateway)) {
            return client.request("POST", path, body, headers).response().body();
        }
    }
}
