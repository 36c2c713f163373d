package dev.paddock.adapters.metrics.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.offset;

import com.codahale.metrics.MetricRegistry;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.PoolMetrics;
import dev.paddock.ports.pool.PoolPort;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    private static final PoolPort NO_POOL = List::of;
    private static final String SERVER = "http://127.0.0.1:11434";

    private final DropwizardMetrics metrics = DropwizardMetrics.create();

    @Test
    void writeTo_nothingMeasured_isEmpty() {
        assertThat(PrometheusPage.of(metrics, NO_POOL).text()).isEmpty();
    }

    @Test
    void contentType_always_isThatOfTheFormat() {
        assertThat(PrometheusText.CONTENT_TYPE).isEqualTo(PrometheusTextFormatWriter.CONTENT_TYPE);
    }

    @Test
    void writeTo_counter_hasNameTypeHelpAndValue() {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 3);
        metrics.count(CallMetrics.REQUESTS.with("chat", "timeout"), 1);

        PrometheusPage page = PrometheusPage.of(metrics, NO_POOL);
        assertThat(page.samples()).containsExactly(
                entry("paddock_requests_total{operation=\"chat\",outcome=\"ok\"}", 3.0),
                entry("paddock_requests_total{operation=\"chat\",outcome=\"timeout\"}", 1.0));
        assertThat(page.type("paddock_requests_total")).isEqualTo("counter");
        assertThat(page.help("paddock_requests_total")).isEqualTo("Calls that ended.");
    }

    @Test
    void values_ofSomeMetrics_areThoseOfThePage() {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 3);
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(3));
        metrics.gauge(new Metric("paddock.test.info", "state", "x", List.of("version", "java")).with("1 \"a\\b\"", "25"), () -> 7);
        metrics.gauge(new Metric("paddock.test.unknown", "state", "x", List.of()).with(), () -> Double.NaN);
        AtomicInteger reads = new AtomicInteger();
        metrics.gauge(new Metric("paddock.test.costly", "state", "x", List.of()).with(), reads::incrementAndGet);
        PrometheusText text = new PrometheusText(metrics, NO_POOL);

        Map<String, Double> values = text.values(metric -> !metric.name().endsWith("costly"));

        assertThat(reads).hasValue(0);
        assertThat(values).hasSize(4);
        assertThat(PrometheusPage.of(metrics, NO_POOL).samples()).containsAllEntriesOf(values);
        assertThat(text.values(metric -> false)).isEmpty();
    }

    @Test
    void writeTo_duration_isAHistogramInSeconds() {
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(3));
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofSeconds(20));
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofHours(1));

        PrometheusPage page = PrometheusPage.of(metrics, NO_POOL);
        assertThat(page.type("paddock_request_duration_seconds")).isEqualTo("histogram");
        assertThat(page.samples())
                .containsEntry(bucket("0.0025"), 0.0)
                .containsEntry(bucket("0.005"), 1.0)
                .containsEntry(bucket("10.0"), 1.0)
                .containsEntry(bucket("30.0"), 2.0)
                .containsEntry(bucket("600.0"), 2.0)
                .containsEntry(bucket("+Inf"), 3.0)
                .containsEntry("paddock_request_duration_seconds_count{operation=\"chat\"}", 3.0);
        assertThat(page.samples().get("paddock_request_duration_seconds_sum{operation=\"chat\"}"))
                .isCloseTo(3620.003, offset(1e-6));
    }

    @Test
    void writeTo_gauge_isThereWhenKnownAndAbsentWhenNot() {
        metrics.gauge(CallMetrics.IN_FLIGHT.with(), () -> 4);
        metrics.gauge(new Metric("paddock.unknown", "things", "Not known.", List.of()).with(), () -> Double.NaN);
        metrics.gauge(new Metric("paddock.broken", "things", "Fails.", List.of()).with(), () -> {
            throw new IllegalStateException("not now");
        });

        PrometheusPage page = PrometheusPage.of(metrics, NO_POOL);
        assertThat(page.samples()).containsExactly(entry("paddock_requests_in_flight", 4.0));
        assertThat(page.type("paddock_requests_in_flight")).isEqualTo("gauge");
        assertThat(page.families()).containsExactly("paddock_requests_in_flight");
    }

    @Test
    void writeTo_pool_showsEveryFigure() {
        PrometheusPage page = PrometheusPage.of(metrics, () -> List.of(SamplePools.known(SERVER)));

        assertThat(page.samples()).containsExactly(
                entry("paddock_pool_closed_total{endpoint=\"" + SERVER + "\",reason=\"idle\"}", 2.0),
                entry("paddock_pool_closed_total{endpoint=\"" + SERVER + "\",reason=\"stale\"}", 0.0),
                entry("paddock_pool_created_total{endpoint=\"" + SERVER + "\"}", 5.0),
                entry("paddock_pool_exhausted_total{endpoint=\"" + SERVER + "\"}", 7.0),
                entry("paddock_pool_idle{endpoint=\"" + SERVER + "\"}", 2.0),
                entry("paddock_pool_leased{endpoint=\"" + SERVER + "\"}", 3.0),
                entry("paddock_pool_leases_total{connection=\"new\",endpoint=\"" + SERVER + "\"}", 5.0),
                entry("paddock_pool_leases_total{connection=\"reused\",endpoint=\"" + SERVER + "\"}", 95.0),
                entry("paddock_pool_limit{endpoint=\"" + SERVER + "\"}", 20.0),
                entry("paddock_pool_pending{endpoint=\"" + SERVER + "\"}", 1.0));
    }

    @Test
    void writeTo_poolFigureNotKnown_isAbsentNotZero() {
        PrometheusPage page = PrometheusPage.of(metrics, () -> List.of(SamplePools.littleKnown(SERVER)));

        assertThat(page.samples()).containsExactly(
                entry("paddock_pool_exhausted_total{endpoint=\"" + SERVER + "\"}", 7.0),
                entry("paddock_pool_leased{endpoint=\"" + SERVER + "\"}", 3.0),
                entry("paddock_pool_leases_total{connection=\"unknown\",endpoint=\"" + SERVER + "\"}", 100.0),
                entry("paddock_pool_limit{endpoint=\"" + SERVER + "\"}", 20.0),
                entry("paddock_pool_pending{endpoint=\"" + SERVER + "\"}", 1.0));
    }

    @Test
    void writeTo_twoPoolsOfOneEndpoint_addsThemAndASumWithAnUnknownPartIsUnknown() {
        PrometheusPage page =
                PrometheusPage.of(metrics, () -> List.of(SamplePools.littleKnown(SERVER), SamplePools.known(SERVER)));

        assertThat(page.samples())
                .containsEntry("paddock_pool_leased{endpoint=\"" + SERVER + "\"}", 6.0)
                .containsEntry("paddock_pool_limit{endpoint=\"" + SERVER + "\"}", 40.0)
                .doesNotContainKey("paddock_pool_idle{endpoint=\"" + SERVER + "\"}")
                .doesNotContainKey("paddock_pool_created_total{endpoint=\"" + SERVER + "\"}");
    }

    @Test
    void writeTo_endpointThatLeft_isGone() {
        List<String> endpoints = new ArrayList<>(List.of("http://a:1", "http://b:1"));
        PoolPort pool = () -> endpoints.stream().map(SamplePools::known).toList();
        assertThat(PrometheusPage.of(metrics, pool).text()).contains("http://a:1", "http://b:1");

        endpoints.remove("http://a:1");
        assertThat(PrometheusPage.of(metrics, pool).text()).doesNotContain("http://a:1").contains("http://b:1");
    }

    @Test
    void writeTo_poolCountedElsewhereToo_keepsOneFamily() {
        metrics.count(PoolMetrics.CREATED.with("http://else:1"), 77);

        PrometheusPage page = PrometheusPage.of(metrics, () -> List.of(SamplePools.known(SERVER)));
        assertThat(page.samples()).containsEntry("paddock_pool_created_total{endpoint=\"" + SERVER + "\"}", 5.0);
        assertThat(page.text()).doesNotContain("http://else:1");
    }

    @Test
    void writeTo_pageWithEverything_isValidAndAlwaysInTheSameOrder() {
        List<String> endpoints = new ArrayList<>(List.of("http://a:1", "http://b:1", "http://[::1]:11434"));
        PoolPort pool = () -> endpoints.stream().map(SamplePools::known).toList();
        measureEverything(metrics, 1);
        DropwizardMetrics others = DropwizardMetrics.create();
        measureEverything(others, 2);

        PrometheusPage page = PrometheusPage.of(metrics, pool);
        Collections.reverse(endpoints);
        assertThat(PrometheusPage.of(others, pool).text()).isEqualTo(page.text());
        assertThat(page.families().stream().map(name -> name.replaceFirst("_total$", ""))).isSorted();
        assertThat(page.families()).contains(
                "paddock_errors_total", "paddock_pool_acquire_seconds", "paddock_pool_connect_seconds",
                "paddock_request_first_chunk_seconds", "paddock_tokens_total", "paddock_pool_closed_total");
    }

    @Test
    void writeTo_labelValuesWithSpecialCharacters_areEscaped() {
        metrics.count(CallMetrics.ERRORS.with("quote \" backslash \\ line\nend, {brace}", "größer"), 1);

        PrometheusPage page = PrometheusPage.of(metrics, NO_POOL);
        assertThat(page.samples()).containsExactly(entry(
                "paddock_errors_total{kind=\"größer\",operation=\"quote \\\" backslash \\\\ line\\nend, {brace}\"}",
                1.0));
    }

    @Test
    void writeTo_metricOfAnotherOwnerOfTheRegistry_isNotShown() {
        MetricRegistry registry = new MetricRegistry();
        registry.counter("theirs").inc();
        DropwizardMetrics shared = new DropwizardMetrics(registry);
        shared.count(CallMetrics.REQUESTS.with("chat", "ok"), 1);

        assertThat(PrometheusPage.of(shared, NO_POOL).families()).containsExactly("paddock_requests_total");
    }

    @Test
    void writeTo_oneNameForTwoKinds_staysValid() {
        Metric confused = new Metric("paddock.confused.seconds", "seconds", "Two in one.", List.of());
        metrics.duration(confused.with(), Duration.ofSeconds(1));
        metrics.gauge(confused.with(), () -> 1);

        assertThat(PrometheusPage.of(metrics, NO_POOL).families()).containsExactly("paddock_confused_seconds");
    }

    @Test
    void writeTo_whileOthersMeasure_isAlwaysValid() throws Exception {
        ConcurrentRunner.run(4, thread -> {
            for (int i = 0; i < 15; i++) {
                if (thread == 0) {
                    PrometheusPage.of(metrics, NO_POOL);
                } else {
                    metrics.duration(CallMetrics.DURATION.with("operation-" + i), Duration.ofMillis(i));
                    metrics.count(CallMetrics.REQUESTS.with("operation-" + i, "ok"), 1);
                }
            }
        });
    }

    private static void measureEverything(DropwizardMetrics target, long seed) {
        List<Runnable> measurements = new ArrayList<>();
        for (String operation : List.of("chat", "embed", "generate")) {
            measurements.add(() -> target.count(CallMetrics.REQUESTS.with(operation, "ok"), 1));
            measurements.add(() -> target.count(CallMetrics.ERRORS.with(operation, "timeout"), 1));
            measurements.add(() -> target.count(CallMetrics.TOKENS.with(operation, "prompt"), 1));
            measurements.add(() -> target.duration(CallMetrics.DURATION.with(operation), Duration.ofMillis(5)));
            measurements.add(
                    () -> target.duration(CallMetrics.TIME_TO_FIRST_CHUNK.with(operation), Duration.ofMillis(5)));
        }
        measurements.add(() -> target.gauge(CallMetrics.IN_FLIGHT.with(), () -> 1));
        measurements.add(() -> target.duration(PoolMetrics.ACQUIRE.with(SERVER), Duration.ofNanos(100)));
        measurements.add(() -> target.duration(PoolMetrics.CONNECT.with(SERVER), Duration.ofMillis(2)));
        Collections.shuffle(measurements, new Random(seed));
        measurements.forEach(Runnable::run);
    }

    private static String bucket(String bound) {
        return "paddock_request_duration_seconds_bucket{operation=\"chat\",le=\"" + bound + "\"}";
    }
}
