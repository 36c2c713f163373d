package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.error.CircuitOpenException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tests that the system before this one had for its pool, each by its old subject, against a simulated server. */
@Timeout(60)
class ConnectionPoolIT extends OverEveryTransport {

    private static final ChatRequest CHAT = ChatRequest.of("llama3.2", "hello");

    @Test
    void poolInitialised_clientStarted_hasOneEmptyPoolForItsServer() {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl())) {
            EndpointPool pool = onlyPool(paddock);

            assertThat(pool.endpoint()).isEqualTo(server.baseUrl());
            assertThat(pool.usage().leased()).isZero();
            assertThat(pool.usage().pending()).isZero();
            assertKnown(pool.usage().idle(), 0);
            assertKnown(pool.totals().created(), 0);
            assertThat(server.counters().connectionsAccepted()).isZero();
        }
    }

    @Test
    void defaultConfiguration_nothingSet_isTenHostsOfTwentyConnectionsThatFailWhenFull() {
        PaddockSettings settings = PaddockSettings.defaults();

        PoolLimits limits = settings.connections().pool();
        assertThat(limits.hosts()).isEqualTo(10);
        assertThat(limits.connectionsPerHost()).isEqualTo(20);
        assertThat(limits.whenFull()).isEqualTo(WhenFull.FAIL);
        assertThat(settings.connections().timing().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.connections().timing().tlsTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.calls().limits().phases().head()).isEqualTo(Duration.ofSeconds(330));
        assertThat(settings.calls().limits().phases().gap()).isEqualTo(Duration.ofSeconds(120));
        assertThat(settings.server().baseUrl()).hasToString("http://127.0.0.1:11434");
    }

    @Test
    void customConfiguration_byEnvironment_isInForce() {
        Map<String, String> environment = Map.of(
                "OLLAMA_POOL_CONNECTIONS", "3", "OLLAMA_POOL_MAXSIZE", "7", "OLLAMA_POOL_BLOCK", "true");
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl(), environment)) {
            PoolLimits limits = onlyPool(paddock).limits();

            assertThat(limits.hosts()).isEqualTo(3);
            assertThat(limits.connectionsPerHost()).isEqualTo(7);
            assertThat(limits.whenFull()).isEqualTo(WhenFull.WAIT);
        }
    }

    @Test
    void statisticsCounted_afterCallsOfEveryKind_agreeWithTheServer() {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl())) {
            paddock.llm().chat(CHAT);
            paddock.llm().generate(GenerateRequest.of("llama3.2", "once upon a time"));
            paddock.llm().embed(EmbedRequest.of("nomic-embed-text", "one", "two"));
            try (var stream = paddock.llm().chatStream(CHAT)) {
                stream.forEachRemaining(chunk -> {});
            }

            EndpointPool.Totals totals = onlyPool(paddock).totals();
            assertThat(server.counters().requests()).isEqualTo(4);
            assertThat(totals.leases()).isEqualTo(4);
            assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
            assertKnown(totals.created(), 1);
            assertKnown(totals.reused(), 3);
            assertThat(totals.reuseRatio()).isIn(null, 0.75);
        }
    }

    @Test
    void noCloseHeader_sequentialCalls_useOneConnectionAndNeverAskToCloseIt() {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl())) {
            for (int call = 0; call < 25; call++) {
                paddock.llm().chat(CHAT);
            }

            assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(25);
            assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
            assertThat(server.counters().connectionCloseHeadersSeen()).isZero();
            assertThat(server.requests())
                    .extracting(request -> request.header("Content-Type"))
                    .containsOnly(Optional.of("application/json"));
        }
    }

    @Test
    void structureOfTheMetrics_afterACall_hasRequestsDurationsTokensAndThePool() throws IOException {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl())) {
            paddock.llm().chat(CHAT);

            String endpoint = "endpoint=\"" + server.baseUrl() + "\"";
            assertThat(metricsPage(paddock).lines())
                    .contains("paddock_requests_total{operation=\"chat\",outcome=\"ok\"} 1.0")
                    .contains("paddock_pool_leased{" + endpoint + "} 0.0")
                    .anyMatch(line -> line.startsWith("paddock_request_duration_seconds_count{operation=\"chat\"} 1"))
                    .anyMatch(line -> line.startsWith("paddock_request_first_chunk_seconds_count"))
                    .anyMatch(line -> line.startsWith("paddock_tokens_total{direction=\"completion\",operation=\"chat\"}")
                            || line.startsWith("paddock_tokens_total{operation=\"chat\",direction=\"completion\"}"))
                    .anyMatch(line -> line.startsWith("paddock_pool_acquire_seconds_count"));
            EndpointPool pool = onlyPool(paddock);
            assertThat(metricsPage(paddock).contains("paddock_pool_idle{" + endpoint + "} 1.0"))
                    .isEqualTo(pool.usage().idle() != null);
            assertThat(metricsPage(paddock).lines())
                    .filteredOn(line -> line.startsWith("paddock_pool_created") && line.endsWith(" 1.0"))
                    .hasSize(pool.totals().created() != null ? 1 : 0);
        }
    }

    @Test
    void adapterConfiguration_byName_choosesTheTransportAndAnUnknownNameIsRefused() {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl())) {
            assertThat(onlyPool(paddock).transport()).isEqualTo(transport);
        }
        ConfigurationLoader unknown = ConfigurationLoader.ofDefaults()
                .withSystemProperties(Map.of("paddock.transport", "carrier-pigeon"));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> Paddock.start(unknown))
                .withMessageContaining("carrier-pigeon")
                .withMessageContaining("apache5");
    }

    @Test
    void concurrentCallsCounted_manyCallers_noneIsLostAndNoConnectionIsWasted() throws Exception {
        int calls = 200;
        Map<String, String> environment = Map.of("OLLAMA_POOL_MAXSIZE", "10", "OLLAMA_POOL_BLOCK", "true");
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl(), environment);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int call = 0; call < calls; call++) {
                running.add(callers.submit(() -> paddock.llm().embed(EmbedRequest.of("nomic-embed-text", "text"))));
            }
            for (Future<?> call : running) {
                call.get(50, TimeUnit.SECONDS);
            }

            EndpointPool pool = onlyPool(paddock);
            assertThat(server.counters().requestsTo("/api/embed")).isEqualTo(calls);
            assertThat(pool.totals().leases()).isEqualTo(calls);
            assertThat(server.counters().connectionsAccepted()).isLessThanOrEqualTo(10);
            assertKnown(pool.totals().created(), server.counters().connectionsAccepted());
            assertThat(pool.usage().leased()).isZero();
        }
    }

    @Test
    void poolWithCircuitBreaker_serverKeepsFailing_theCircuitOpensAndNoConnectionIsHeld() {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl(), Map.of("OLLAMA_MAX_RETRIES", "0"))) {
            server.faults().enqueue(FaultScript.on("/api/chat").times(1000).then(Fault.badGatewayPage()));
            List<LlmException> failures = new ArrayList<>();
            for (int call = 0; call < 20; call++) {
                try {
                    paddock.llm().chat(CHAT);
                } catch (LlmException failure) {
                    failures.add(failure);
                }
            }

            assertThat(failures).hasSize(20);
            assertThat(failures.getLast()).isInstanceOf(CircuitOpenException.class);
            assertThat(server.counters().requestsTo("/api/chat")).isLessThan(20);
            assertThat(onlyPool(paddock).usage().leased()).isZero();
            assertThat(paddock.circuitBreakers().circuits())
                    .filteredOn(circuit -> circuit.model() == null)
                    .hasSize(1);
        }
    }

    @Test
    void sent_everyRequest_carriesNoFieldThatWasNotMeant() {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = start(server.baseUrl(), Map.of("OLLAMA_API_KEY", "k"))) {
            paddock.llm().chat(CHAT);

            RecordedRequest request = server.requests().getFirst();
            assertThat(request.headers())
                    .extracting(header -> header.name().toLowerCase(Locale.ROOT))
                    .containsExactlyInAnyOrder(
                            "host", "accept", "accept-encoding", "user-agent", "content-type", "content-length", "authorization");
            assertThat(request.header("Authorization")).contains("Bearer k");
        }
    }

    private static EndpointPool onlyPool(Paddock paddock) {
        assertThat(paddock.pool().pools()).hasSize(1);
        return paddock.pool().pools().getFirst();
    }

    private static String metricsPage(Paddock paddock) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        paddock.writeMetrics(page);
        return page.toString(StandardCharsets.UTF_8);
    }
}
