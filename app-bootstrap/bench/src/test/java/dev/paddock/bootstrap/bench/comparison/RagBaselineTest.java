package dev.paddock.bootstrap.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.BenchEnvironment;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Figures.FailureSummary;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.result.ModeResult.LoadCounts;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.model.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RagBaselineTest {

    private static final String FILE = """
            {
              "test_info": {
                "test_name": "baseline_measurement",
                "num_requests": 100,
                "concurrent_requests": 10,
                "base_url": "http://localhost:8001"
              },
              "metrics": {
                "timestamp": "2025-10-06T18:28:11.123456",
                "total_requests": 100,
                "successful_requests": 20,
                "error_count": 80,
                "error_rate_percent": 80.0,
                "throughput_rps": 4.77,
                "response_times_ms": {"p50": 2091.5, "p95": 2131.0, "p99": 2140.25, "mean": 2093.1, "min": 2048.0, "max": 2144},
                "duration_seconds": 20.96
              },
              "resource_usage": {"cpu_percent": 12.5, "memory_percent": 61.2, "memory_available_mb": 6321.4}
            }
            """;

    @Test
    void read_file_hasItsFigures() {
        Map<Measure, Range> figures = Summary.of(PlainJson.fromText(FILE)).figures(Mode.CACHE);

        assertThat(figures).containsOnlyKeys(
                Measure.P50, Measure.P95, Measure.P99, Measure.MEAN, Measure.MIN, Measure.MAX, Measure.THROUGHPUT, Measure.ERROR_RATE);
        assertThat(figures.get(Measure.P95).figure()).isEqualTo(2131.0);
        assertThat(figures.get(Measure.MAX).figure()).isEqualTo(2144.0);
        assertThat(figures.get(Measure.THROUGHPUT).figure()).isCloseTo(0.954, within(1e-9)); // answers only, as in results
        assertThat(figures.get(Measure.ERROR_RATE).figure()).isEqualTo(0.8);
    }

    @Test
    void read_fileWithoutAnswers_hasNoTimes() {
        String file = FILE.replace("\"successful_requests\": 20", "\"successful_requests\": 0");

        Map<Measure, Range> figures = Summary.of(PlainJson.fromText(file)).figures(Mode.POOLED);

        assertThat(figures).containsOnlyKeys(Measure.THROUGHPUT, Measure.ERROR_RATE);
        assertThat(figures.get(Measure.THROUGHPUT).figure()).isZero();
    }

    @Test
    void write_resultWithFailures_isReadAgain() {
        Map<ErrorKind, FailureSummary> errors = Map.of(ErrorKind.TIMEOUT, new FailureSummary(15, "late", null));
        Map<Measure, Double> values = Map.of(Measure.THROUGHPUT, 0.5, Measure.ERROR_RATE, 0.75, Measure.P50, 7.0);
        ModeResult mode = new ModeResult(
                Mode.POOLED,
                new Figures(5, errors, Duration.ofSeconds(10), values),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                new Connections("none", null, null, 0, null, null),
                new LoadCounts(0, 0, 0, List.of(), null));
        BenchEnvironment environment = new BenchEnvironment(Map.of("time", "now"));

        Map<String, Object> written = RagBaseline.toMap(new BenchResult(plan(20, 1), null, environment, List.of(mode), true));

        assertThat((Map<?, ?>) written.get("metrics")).extracting("throughput_rps").isEqualTo(2.0);
        assertThat(Summary.of(written).figures(Mode.POOLED).get(Measure.THROUGHPUT).figure()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void read_file_hasNoPartsAndSoNoNoise() {
        assertThat(Summary.of(PlainJson.fromText(FILE)).hasParts()).isFalse();
    }

    @Test
    void requireLoad_sameRequestsAndCallers_isEnough() {
        Summary baseline = Summary.of(PlainJson.fromText(FILE));

        assertThat(baseline.requireLoad(plan(100, 10))).isSameAs(baseline);
        assertThatThrownBy(() -> baseline.requireLoad(plan(100, 4))).hasMessageContaining("concurrency was 10 and is 4");
    }

    @Test
    void read_fileWithoutFigures_isRefused() {
        Object empty = PlainJson.fromText("{\"test_info\":{},\"metrics\":{\"response_times_ms\":null}}");

        assertThatThrownBy(() -> Summary.of(empty)).hasMessageContaining("has no figures");
    }

    private static LoadPlan plan(int requests, int callers) {
        return new LoadPlan(
                TargetKind.SERVER,
                Workload.of(WorkloadKind.CHAT, new ModelName("m"), 16),
                new LoadRate(callers, null),
                LoadSize.ofRequests(requests, 0, 5),
                List.of());
    }
}
