package dev.paddock.bootstrap.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.domain.model.ModelName;
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
        assertThat(figures.get(Measure.THROUGHPUT).figure()).isEqualTo(4.77);
        assertThat(figures.get(Measure.ERROR_RATE).figure()).isEqualTo(0.8);
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
