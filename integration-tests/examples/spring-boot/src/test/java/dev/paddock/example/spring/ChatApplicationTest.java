package dev.paddock.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.testsupport.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The example as its users and operators see it, over HTTP. */
class ChatApplicationTest {

    private static final String QUESTION = "{\"text\": \"Why is the sky blue?\"}";
    private static final int MANY = 5_000;
    private static final Queue<Boolean> VIRTUAL = new ConcurrentLinkedQueue<>();

    private static OllamaSimulator server;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        server = OllamaSimulator.start(SimulatorSettings.builder()
                .tokensPerAnswer(MANY)
                .tokenInterval(Duration.ofMillis(1))
                .loadTime(Duration.ZERO)
                .build());
        application = start(server);
    }

    private static ConfigurableApplicationContext start(OllamaSimulator of, String... more) {
        SpringApplication starting = new SpringApplication(ChatApplication.class);
        starting.setRegisterShutdownHook(false);
        starting.addInitializers(context -> context.getBeanFactory().registerSingleton("threads", threads()));
        String[] arguments = List.of(
                        "--server.port=0", "--paddock.base-url=" + of.baseUrl(), "--spring.main.banner-mode=off", "--logging.level.root=warn")
                .toArray(String[]::new);
        String[] all = Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
        return starting.run(all);
    }

    /** Returns a policy of the application, which notes on what threads calls are made. */
    private static ExchangeDecorator threads() {
        return ExchangeDecorator.of(Stage.MEASURE, delegate -> (request, context) -> {
            VIRTUAL.add(Thread.currentThread().isVirtual());
            return delegate.open(request, context);
        });
    }

    @AfterAll
    static void stop() {
        application.close();
        server.close();
    }

    @AfterEach
    void reset() {
        server.reset();
        VIRTUAL.clear();
    }

    @Test
    void chat_question_isAnsweredOnAVirtualThread() throws Exception {
        HttpResponse<String> answer = post("/chat", QUESTION);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"text\":\"").hasSizeGreaterThan(MANY);
        assertThat(VIRTUAL).containsExactly(true);
    }

    @Test
    void stream_question_comesAsEvents() throws Exception {
        HttpResponse<String> answer = post("/chat/stream", QUESTION);

        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(answer.body().lines().filter(line -> line.startsWith("data:"))).hasSizeGreaterThan(MANY / 2);
        assertThat(VIRTUAL).containsExactly(true);
        assertThat(server.counters().disconnects()).isZero();
    }

    @Test
    void stream_clientLeaves_modelStops() throws Exception {
        try (HttpClient leaving = HttpClient.newHttpClient()) {
            InputStream events = leaving.send(request(application, "/chat/stream", QUESTION), HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            BufferedReader reader = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
            assertThat(reader.readLine()).startsWith("data:");
            assertThat(server.counters().disconnects()).isZero();

            events.close();
            leaving.shutdownNow();
        }

        assertThat(server.awaitDisconnect(Eventually.PATIENCE)).isTrue();
        assertThat(post("/chat", QUESTION).statusCode()).isEqualTo(200);
    }

    @Test
    void embed_texts_areEmbedded() throws Exception {
        HttpResponse<String> answer = post("/embeddings", "[\"one\", \"two\"]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("[[").contains("],[").endsWith("]]");
    }

    @Test
    void chat_modelFails_isAProblemWithItsKind() throws Exception {
        server.faults().enqueue(FaultScript.on("/api/chat").times(10).then(Fault.status(404, "model 'llama3.2' not found")));

        HttpResponse<String> answer = post("/chat", QUESTION);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"kind\":\"model_not_found\"");
    }

    @Test
    void prometheus_afterACall_showsCallsAndPool() throws Exception {
        assertThat(post("/chat", QUESTION).statusCode()).isEqualTo(200);
        assertThat(get(application, "/actuator/prometheus").statusCode()).isEqualTo(200); // the endpoint is new to the meters of the pool

        assertThat(get(application, "/actuator/prometheus").body())
                .contains("paddock_requests_total{operation=\"chat\",outcome=\"ok\"}")
                .contains("paddock_pool_leased{endpoint=\"" + server.baseUrl() + "\"")
                .contains("paddock_circuit_state{")
                .contains("gen_ai_client_operation_seconds_count{error=\"none\",error_type=\"none\",gen_ai_operation_name=\"chat\"}");
    }

    @Test
    void readiness_serverIsGone_isOutOfServiceAndAlive() throws Exception {
        OllamaSimulator other = OllamaSimulator.start();
        try (ConfigurableApplicationContext second =
                start(other, "--paddock.circuit.consecutive-failures=1", "--paddock.circuit.open-for=1h", "--paddock.retry.max-retries=0")) {
            assertThat(get(second, "/actuator/health/readiness").statusCode()).isEqualTo(200);
            other.close();
            assertThat(HttpClient.newHttpClient().send(request(second, "/chat", QUESTION), HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(502);

            assertThat(get(second, "/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(get(second, "/actuator/health/readiness").body()).contains(other.baseUrl()).contains("OUT_OF_SERVICE");
            assertThat(get(second, "/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(get(application, "/actuator/health/readiness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void configurationProperties_areShownWithTheirOriginsAndWithoutSecrets() throws Exception {
        try (ConfigurableApplicationContext shown = start(
                server, "--paddock.apiKey=hunter2", "--paddock.pool.connectionsPerHost=7", "--paddock.backends=gpu=" + server.baseUrl(),
                "--management.endpoints.web.exposure.include=configprops,env",
                "--management.endpoint.configprops.show-values=always", "--management.endpoint.env.show-values=always")) {
            String properties = get(shown, "/actuator/configprops/paddock").body();
            String environment = get(shown, "/actuator/env").body();

            assertThat(properties)
                    .contains("\"prefix\":\"paddock\"", "\"connections-per-host\":\"7\"", "\"api-key\":\"(hidden)\"")
                    .contains("\"jitter\":\"0.25\"") // a default
                    .contains("\\\"paddock.pool.connectionsPerHost\\\" from property source \\\"commandLineArgs\\\"");
            assertThat(environment).contains("commandLineArgs", "(hidden)");
            assertThat(properties + environment).doesNotContain("hunter2");
        }
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request(application, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(ConfigurableApplicationContext of, String path, String body) {
        return HttpRequest.newBuilder(uri(of, path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext of, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri(of, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(ConfigurableApplicationContext of, String path) {
        return URI.create("http://127.0.0.1:" + of.getEnvironment().getProperty("local.server.port") + path);
    }
}
