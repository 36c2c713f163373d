package dev.paddock.e2e.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.metrics.micrometer.MicrometerMetrics;
import dev.paddock.adapters.metrics.micrometer.PoolMeters;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application with Micrometer and Prometheus sees of its client, beside the page that a gateway has. */
@Timeout(60)
class MicrometerIT {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void scrape_ofAnApplication_showsTheCallsAndThePool() {
        try (OllamaSimulator server = OllamaSimulator.start();
                MicrometerMetrics metrics = new MicrometerMetrics(registry);
                Paddock paddock = Paddock.builder().set("paddock.base-url", server.baseUrl()).metrics(metrics).build();
                PoolMeters pool = new PoolMeters(paddock.pool())) {
            pool.bindTo(registry);
            callEach(paddock);
            String endpoint = "endpoint=\"" + server.baseUrl() + "\"";

            assertThat(registry.scrape().lines())
                    .contains("paddock_requests_total{operation=\"chat\",outcome=\"ok\"} 2.0")
                    .contains("paddock_requests_in_flight 0.0")
                    .contains("paddock_pool_leased{" + endpoint + "} 0.0")
                    .contains("paddock_pool_idle{" + endpoint + "} 1.0")
                    .contains("paddock_pool_pending{" + endpoint + "} 0.0")
                    .contains("paddock_pool_created_connections_total{" + endpoint + "} 1.0")
                    .contains("paddock_pool_leases_total{connection=\"reused\"," + endpoint + "} 2.0")
                    .contains("paddock_pool_closed_total{" + endpoint + ",reason=\"stale\"} 0.0")
                    .contains("paddock_circuit_state{backend=\"" + server.baseUrl() + "\"} 0.0")
                    .anyMatch(line -> line.startsWith("paddock_request_duration_seconds_bucket{operation=\"chat\",le=\"0.0025\"}"));
        }
        assertThat(registry.scrape()).as("after the end").doesNotContain("paddock_pool_leased", "paddock_requests_in_flight");
    }

    @Test
    void names_inTheApplication_areThoseOfTheGateway() throws IOException {
        try (OllamaSimulator server = OllamaSimulator.start();
                MicrometerMetrics metrics = new MicrometerMetrics(registry);
                Paddock paddock = Paddock.builder()
                        .set("paddock.base-url", server.baseUrl())
                        .set("paddock.admission.enabled", true)
                        .set("paddock.cache.enabled", true)
                        .set("paddock.single-flight.enabled", true)
                        .set("paddock.batch.enabled", true)
                        .alsoMetrics(metrics)
                        .build();
                PoolMeters pool = new PoolMeters(paddock.pool())) {
            pool.bindTo(registry);
            callEach(paddock);
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            paddock.writeMetrics(page);

            // Micrometer adds the longest duration of each timer, and the number of endpoints.
            Predicate<String> isAdded = family -> family.contains("_seconds_max ") || family.startsWith("paddock_pool_endpoints ");
            Set<String> ofTheApplication = families(registry.scrape().replace("_created_connections_total", "_created_total"));
            ofTheApplication.removeIf(isAdded);
            assertThat(ofTheApplication).isEqualTo(families(page.toString(UTF_8))).hasSizeGreaterThan(40);
        }
    }

    private static void callEach(Paddock paddock) {
        ChatRequest question = ChatRequest.of("llama3.2", "Hello")
                .withSettings(GenerationSettings.builder().options(ModelOptions.NONE.withTemperature(0)).build());
        paddock.llm().chat(question);
        paddock.llm().chat(question);
        paddock.llm().embed(EmbedRequest.of("nomic-embed-text", "Hello"));
    }

    /** Returns the families of a page, each with its type. */
    private static Set<String> families(String page) {
        Set<String> families = new TreeSet<>();
        page.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> families.add(line.substring("# TYPE ".length())));
        return families;
    }
}
