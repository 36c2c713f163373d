package dev.paddock.bootstrap.bench.result;

import dev.paddock.bootstrap.bench.load.ServiceLimit;
import dev.paddock.bootstrap.bench.load.ServiceLimit.LimitedTime;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.result.ModeResult.LatencyPercentiles;
import dev.paddock.bootstrap.bench.result.ModeResult.LimitCount;
import dev.paddock.bootstrap.bench.result.ModeResult.LoadCounts;
import dev.paddock.bootstrap.bench.result.ModeResult.PercentilePoint;
import dev.paddock.bootstrap.bench.result.ModeResult.Punctuality;
import dev.paddock.bootstrap.bench.result.ModeResult.TimelinePoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Converts a result to plain values that can be written as JSON; unknown values are omitted. */
public final class ResultJson {

    /** The value of the field {@code format}; a result of another format cannot be read. */
    public static final String FORMAT = "paddock-bench-2";

    private ResultJson() {}

    /** Returns the whole result. */
    public static Map<String, Object> toMap(BenchResult result) {
        Map<String, Object> modes = new LinkedHashMap<>();
        result.modes().forEach(mode -> modes.put(mode.mode().label(), toMap(mode)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("complete", result.complete());
        map.put("load", result.plan().toMap());
        if (!result.plan().limits().isEmpty()) {
            map.put("slo", result.plan().limits().stream().map(ServiceLimit::toText).toList());
        }
        map.put("environment", result.environment().facts());
        map.put("modes", modes);
        return map;
    }

    private static Map<String, Object> toMap(ModeResult mode) {
        Map<String, Object> map = toMap(mode.whole());
        map.put("parts", mode.parts().stream().map(ResultJson::byName).toList());
        if (!mode.byModel().isEmpty()) {
            Map<String, Object> models = new LinkedHashMap<>();
            mode.byModel().forEach((model, figures) -> models.put(model, toMap(figures)));
            map.put("models", models);
        }
        map.put("connections", toMap(mode.connections()));
        putCounts(map, mode.counts());
        Map<String, Object> distributions = new LinkedHashMap<>();
        for (LimitedTime time : LimitedTime.values()) {
            List<PercentilePoint> points = mode.distributions().getOrDefault(time, List.of());
            if (!points.isEmpty()) {
                distributions.put(time.label(), points.stream().map(ResultJson::toMap).toList());
            }
        }
        map.put("distributions", distributions);
        map.put("timeline", mode.timeline().stream().map(ResultJson::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Figures whole) {
        Map<String, Object> counts = new TreeMap<>();
        Map<String, Object> first = new TreeMap<>();
        whole.errors().forEach((kind, failures) -> {
            counts.put(kind.label(), failures.count());
            Map<String, Object> failure = new LinkedHashMap<>();
            failure.put("message", failures.message());
            put(failure, "address", failures.address());
            first.put(kind.label(), failure);
        });
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("requests", whole.requests());
        map.put("successes", whole.successes());
        map.put("errors", counts);
        if (!first.isEmpty()) {
            map.put("first_errors", first);
        }
        map.put("elapsed_ms", millis(whole.elapsed()));
        map.put("figures", byName(whole));
        return map;
    }

    private static void putCounts(Map<String, Object> map, LoadCounts counts) {
        map.put("repeated", counts.repeated());
        map.put("input_tokens", counts.inputTokens());
        map.put("output_tokens", counts.outputTokens());
        if (!counts.limits().isEmpty()) {
            map.put("slo", counts.limits().stream().map(ResultJson::toMap).toList());
        }
        Punctuality punctuality = counts.punctuality();
        if (punctuality != null) {
            Map<String, Object> schedule = new LinkedHashMap<>();
            schedule.put("scheduled", punctuality.scheduled());
            schedule.put("late", punctuality.late());
            schedule.put("longest_delay_ms", millis(punctuality.longestDelay()));
            schedule.put("waited_for_connection", punctuality.waited());
            schedule.put("kept", punctuality.isKept());
            map.put("schedule", schedule);
        }
        if (!counts.ofTarget().isEmpty()) {
            map.put("counts", counts.ofTarget());
        }
    }

    private static Map<String, Object> toMap(LimitCount count) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("limit", count.limit().toText());
        map.put("within", count.within());
        map.put("share", rounded(count.share()));
        put(map, "met", count.isMet());
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
        map.put("requests_sent", connections.sent());
        put(map, "accepted_by_server", connections.accepted());
        put(map, "requests_received_by_server", connections.received());
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
        map.put("in_flight", point.inFlight());
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
