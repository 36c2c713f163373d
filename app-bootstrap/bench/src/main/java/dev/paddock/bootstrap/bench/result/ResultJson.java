package dev.paddock.bootstrap.bench.result;

import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.result.ModeResult.LatencyPercentiles;
import dev.paddock.bootstrap.bench.result.ModeResult.PercentilePoint;
import dev.paddock.bootstrap.bench.result.ModeResult.TimelinePoint;
import dev.paddock.domain.error.ErrorKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Converts a result to plain values that can be written as JSON; unknown values are omitted. */
public final class ResultJson {

    /** The value of the field {@code format}; a result of another format cannot be read. */
    public static final String FORMAT = "paddock-bench-1";

    private ResultJson() {}

    /** Returns the whole result. */
    public static Map<String, Object> toMap(BenchResult result) {
        Map<String, Object> modes = new LinkedHashMap<>();
        result.modes().forEach(mode -> modes.put(mode.mode().label(), toMap(mode)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("complete", result.complete());
        map.put("load", result.plan().toMap());
        map.put("environment", result.environment().facts());
        map.put("modes", modes);
        return map;
    }

    private static Map<String, Object> toMap(ModeResult mode) {
        Figures whole = mode.whole();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("requests", whole.requests());
        map.put("successes", whole.successes());
        map.put("errors", byLabel(whole.errors()));
        map.put("elapsed_ms", millis(whole.elapsed()));
        map.put("figures", byName(whole));
        map.put("repetitions", mode.repetitions().stream().map(ResultJson::byName).toList());
        map.put("connections", toMap(mode.connections()));
        map.put("distribution", mode.distribution().stream().map(ResultJson::toMap).toList());
        map.put("timeline", mode.timeline().stream().map(ResultJson::toMap).toList());
        return map;
    }

    private static Map<String, Object> byLabel(Map<ErrorKind, Long> errors) {
        Map<String, Object> map = new TreeMap<>();
        errors.forEach((kind, count) -> map.put(kind.label(), count));
        return map;
    }

    private static Map<String, Object> byName(Figures figures) {
        Map<String, Object> map = new LinkedHashMap<>();
        figures.values().forEach((measure, value) -> map.put(measure.label(), rounded(value)));
        return map;
    }

    private static Map<String, Object> toMap(Connections connections) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, "opened", connections.opened());
        put(map, "reused", connections.reused());
        put(map, "accepted_by_server", connections.accepted());
        return map;
    }

    private static Map<String, Object> toMap(PercentilePoint point) {
        return Map.of("percentile", point.percentile(), "ms", rounded(point.millis()));
    }

    private static Map<String, Object> toMap(TimelinePoint point) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from_ms", millis(point.from()));
        map.put("width_ms", millis(point.width()));
        map.put("answers", point.answers());
        map.put("failures", point.failures());
        LatencyPercentiles latency = point.latency();
        if (latency != null) {
            map.put("p50_ms", rounded(latency.p50()));
            map.put("p95_ms", rounded(latency.p95()));
            map.put("max_ms", rounded(latency.max()));
        }
        return map;
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private static double millis(Duration duration) {
        return rounded(duration.toNanos() / 1e6);
    }

    // Four decimals: 0.1 microseconds are below the precision of the measurement.
    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
