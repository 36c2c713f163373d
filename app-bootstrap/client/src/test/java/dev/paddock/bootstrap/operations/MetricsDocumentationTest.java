package dev.paddock.bootstrap.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.metrics.dropwizard.DropwizardMetrics;
import dev.paddock.adapters.metrics.dropwizard.PrometheusText;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.testsupport.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsDocumentationTest {

    private static final Path CONSTANTS = Path.of("..", "..", "domain/src/main/java/dev/paddock/domain/metrics");
    private static final int CIRCUIT_OPENS_AFTER = 5;

    private final Map<String, DocumentedMetric> documented = DocumentedMetric.all();

    @Test
    void document_everyMetricThereIs_isInTheTableAsItIsExposed() throws Exception {
        DropwizardMetrics metrics = DropwizardMetrics.create();
        for (Metric metric : constants()) {
            record(metric, metrics);
        }
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new PrometheusText(metrics, List::of).writeTo(page);

        Map<String, DocumentedMetric> exposed = ExposedMetrics.of(page.toString(UTF_8));
        assertThat(documented).containsOnlyKeys(exposed.keySet());
        assertThat(documented.values()).containsExactlyInAnyOrderElementsOf(exposed.values());
    }

    @Test
    void page_ofAnEventfulLife_hasAllMetricsOfTheClientAsDocumented() throws IOException {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults()
                        .withOverrides("test", Map.of("paddock.base-url", server.baseUrl(), "paddock.retry.backoff", "0s")))) {
            liveThroughEverything(paddock, server);

            ByteArrayOutputStream page = new ByteArrayOutputStream();
            paddock.writeMetrics(page);
            Map<String, DocumentedMetric> exposed = ExposedMetrics.of(page.toString(UTF_8));
            assertThat(exposed.keySet()).containsExactlyInAnyOrderElementsOf(documented.keySet().stream()
                    .filter(name -> !name.startsWith("paddock_gateway_") && !isOfReuse(name) && !name.startsWith("paddock_batch_")
                            && !name.startsWith("paddock_routing_") && !name.startsWith("paddock_shared_state"))
                    .toList());
            assertThat(documented.values()).containsAll(exposed.values());
        }
    }

    @Test
    void page_withQueueCacheSingleFlightAndBatches_hasTheirMetricsAsDocumented() throws IOException {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults()
                        .withOverrides("test", Map.of(
                                "paddock.base-url", server.baseUrl(),
                                "paddock.admission.enabled", "true",
                                "paddock.cache.enabled", "true",
                                "paddock.semantic-cache.enabled", "true",
                                "paddock.single-flight.enabled", "true",
                                "paddock.batch.enabled", "true")))) {
            ChatRequest question = ChatRequest.of("llama3.2", "Hello")
                    .withSettings(GenerationSettings.builder().options(ModelOptions.NONE.withTemperature(0)).build());
            // On a busy machine the digests of the models may come too late for the first calls.
            Eventually.await("an answer comes from the cache", () -> {
                paddock.llm().chat(question);
                return paddock.answerCache().report().hits() > 0;
            });
            paddock.llm().embed(EmbedRequest.of("nomic-embed-text", "Hello"));

            ByteArrayOutputStream page = new ByteArrayOutputStream();
            paddock.writeMetrics(page);
            Map<String, DocumentedMetric> exposed = ExposedMetrics.of(page.toString(UTF_8));
            assertThat(exposed.keySet()).containsAll(documented.keySet().stream().filter(MetricsDocumentationTest::isOfReuse).toList());
            assertThat(documented.values()).containsAll(exposed.values());
        }
    }

    private static boolean isOfReuse(String name) {
        boolean isOfSeveralCalls = name.equals("paddock_batch_wait_seconds"); // appears when a call has waited
        return !isOfSeveralCalls && Stream.of("paddock_admission_", "paddock_cache_", "paddock_semantic_cache_", "paddock_single_flight_", "paddock_batch_").anyMatch(name::startsWith);
    }

    private static void liveThroughEverything(Paddock paddock, OllamaSimulator server) {
        ChatRequest question = ChatRequest.of("llama3.2", "Hello");
        paddock.llm().chat(question);
        server.faults().enqueue(FaultScript.on("/api/chat").times(5 * CIRCUIT_OPENS_AFTER).then(Fault.badGatewayPage()));
        for (int call = 0; call <= CIRCUIT_OPENS_AFTER; call++) {
            assertThat(catchThrowable(() -> paddock.llm().chat(question))).isNotNull();
        }
        server.close();
        for (int call = 0; call <= CIRCUIT_OPENS_AFTER; call++) {
            assertThat(catchThrowable(() -> paddock.models().models(CallContext.create()))).isNotNull();
        }
    }

    /** Records the metric by its documented type, provided that it is documented. */
    private void record(Metric metric, DropwizardMetrics metrics) {
        Metric.Series series =
                new Metric.Series(metric, Collections.nCopies(metric.labels().size(), "x"));
        String name = metric.name().replace('.', '_');
        if (metric.unit().equals("seconds")) {
            metrics.duration(series, Duration.ofMillis(1));
        } else if (documented.containsKey(name)) {
            metrics.gauge(series, () -> 1);
        } else {
            metrics.count(series, 1);
        }
    }

    private static List<Metric> constants() throws IOException, ReflectiveOperationException {
        List<Metric> constants = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONSTANTS)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Metrics.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
            assertThat(names).contains("CallMetrics", "PoolMetrics", "ResilienceMetrics");
            for (String name : names) {
                for (Field field : Class.forName("dev.paddock.domain.metrics." + name).getFields()) {
                    constants.add((Metric) field.get(null));
                }
            }
        }
        return constants;
    }
}
