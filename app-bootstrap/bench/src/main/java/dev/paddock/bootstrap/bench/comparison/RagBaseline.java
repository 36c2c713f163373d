package dev.paddock.bootstrap.bench.comparison;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files {@code baseline_results_*.json} of ollama-rag, an application that measured itself before and after it had a connection pool.
 * Such a file has one measurement without parts, so changes can be shown but not told from noise. Its throughput includes failed requests,
 * and its times are 0 when no request succeeded.
 */
public final class RagBaseline {

    private static final String NAME = "baseline_measurement";
    private static final Map<Measure, String> TIMES = Map.of(
            Measure.P50, "p50",
            Measure.P95, "p95",
            Measure.P99, "p99",
            Measure.MEAN, "mean",
            Measure.MIN, "min",
            Measure.MAX, "max");
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private RagBaseline() {}

    static boolean isOne(Map<?, ?> json) {
        return json.get("test_info") instanceof Map<?, ?> && json.get("metrics") instanceof Map<?, ?>;
    }

    static Summary read(Map<?, ?> json) {
        Map<?, ?> info = object(json.get("test_info"));
        Map<?, ?> metrics = object(json.get("metrics"));
        Map<String, String> load = new LinkedHashMap<>();
        put(load, "requests", info.get("num_requests"));
        put(load, "concurrency", info.get("concurrent_requests"));
        Map<Measure, Range> figures = new EnumMap<>(Measure.class);
        Map<?, ?> times = object(metrics.get("response_times_ms"));
        double answered = answered(metrics);
        if (answered > 0) {
            TIMES.forEach((measure, name) -> put(figures, measure, times.get(name), 1));
        }
        put(figures, Measure.THROUGHPUT, metrics.get("throughput_rps"), answered);
        put(figures, Measure.ERROR_RATE, metrics.get("error_rate_percent"), 0.01);
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("has no figures under 'metrics'");
        }
        return new Summary(load, false, List.of(), Map.of(), Map.of(), figures);
    }

    /** Returns the fraction of requests that were answered: 1 when it is unknown. */
    private static double answered(Map<?, ?> metrics) {
        if (metrics.get("total_requests") instanceof Number total && metrics.get("successful_requests") instanceof Number successes) {
            return total.doubleValue() > 0 ? successes.doubleValue() / total.doubleValue() : 0;
        }
        return 1;
    }

    /**
     * Returns a result in this format, as plain values that can be written as JSON.
     *
     * @throws IllegalArgumentException if the result has not exactly one mode
     */
    public static Map<String, Object> toMap(BenchResult result) {
        if (result.modes().size() != 1) {
            throw new IllegalArgumentException("a file of this format has one mode");
        }
        ModeResult mode = result.modes().getFirst();
        Figures whole = mode.whole();
        LoadPlan plan = result.plan();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("test_name", NAME);
        info.put("num_requests", plan.size().measured().requests() == null ? whole.requests() : plan.size().measured().requests());
        info.put("concurrent_requests", plan.loadRate().callers());
        info.put("base_url", result.address() == null ? plan.target().label() : result.address());
        Map<String, Object> times = new LinkedHashMap<>();
        for (Measure measure : List.of(Measure.P50, Measure.P95, Measure.P99, Measure.MEAN, Measure.MIN, Measure.MAX)) {
            times.put(TIMES.getOrDefault(measure, ""), rounded(value(whole, measure)));
        }
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("timestamp", result.environment().fact("time"));
        metrics.put("total_requests", whole.requests());
        metrics.put("successful_requests", whole.successes());
        metrics.put("error_count", whole.failures());
        metrics.put("error_rate_percent", rounded(value(whole, Measure.ERROR_RATE) * 100));
        double seconds = whole.elapsed().toNanos() / 1e9;
        metrics.put("throughput_rps", seconds == 0 ? 0.0 : rounded(whole.requests() / seconds));
        metrics.put("response_times_ms", times);
        metrics.put("duration_seconds", rounded(seconds));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("test_info", info);
        map.put("metrics", metrics);
        map.put("resource_usage", resources());
        return map;
    }

    /** Returns the use of this machine; a value that the Java installation does not know is 0. */
    private static Map<String, Object> resources() {
        Map<String, Object> map = new LinkedHashMap<>();
        double cpu = 0;
        double total = 0;
        double free = 0;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            cpu = Math.max(0, system.getCpuLoad());
            total = system.getTotalMemorySize();
            free = system.getFreeMemorySize();
        }
        map.put("cpu_percent", rounded(cpu * 100));
        map.put("memory_percent", total == 0 ? 0.0 : rounded((total - free) / total * 100));
        map.put("memory_available_mb", rounded(free / BYTES_PER_MEBIBYTE));
        return map;
    }

    private static double value(Figures figures, Measure measure) {
        return figures.values().getOrDefault(measure, 0.0);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static void put(Map<String, String> load, String name, @Nullable Object value) {
        if (value instanceof Number number) {
            load.put(name, Long.toString(number.longValue()));
        }
    }

    private static void put(Map<Measure, Range> figures, Measure measure, @Nullable Object value, double factor) {
        if (value instanceof Number number) {
            figures.put(measure, new Range(number.doubleValue() * factor, List.of()));
        }
    }

    private static Map<?, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }
}
