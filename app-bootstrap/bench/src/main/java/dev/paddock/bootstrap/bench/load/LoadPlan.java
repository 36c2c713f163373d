package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The load of a benchmark. Two results can be compared only when their loads are equal; the limits may differ.
 *
 * @param target the kind of server that is measured
 * @param workload what the requests ask for
 * @param loadRate when requests start
 * @param size how much is sent
 * @param limits the times that good requests do not exceed, may be empty
 */
public record LoadPlan(TargetKind target, Workload workload, LoadRate loadRate, LoadSize size, List<ServiceLimit> limits) {

    public LoadPlan {
        requireNonNull(target, "target");
        requireNonNull(workload, "workload");
        requireNonNull(loadRate, "loadRate");
        requireNonNull(size, "size");
        limits = List.copyOf(limits);
    }

    /** Returns the load of the warm-up: such requests in a closed loop. */
    public LoadPlan ofWarmUp() {
        return new LoadPlan(
                target,
                workload,
                new LoadRate(loadRate.callers(), null),
                new LoadSize(size.warmUp(), LoadLimit.ofRequests(0), 1),
                limits);
    }

    /** Returns all parts as they appear in results, keyed by the name of the option that sets them; what has its default may be absent. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("target", target.label());
        map.put("workload", workload.kind().label());
        map.put("model", workload.models().stream().map(ModelName::value).collect(Collectors.joining(",")));
        map.put("output_tokens", workload.outputTokens().toString());
        if (workload.prompts() instanceof Prompts.GeneratedPrompts generated && generated.inputTokens() != null) {
            map.put("input_tokens", generated.inputTokens().toString());
        }
        String prompts = workload.prompts().origin();
        if (prompts != null) {
            map.put("prompts", prompts);
        }
        map.put("repeat", workload.repeated());
        map.put("turns", workload.turns());
        put(map, "requests", "duration_ms", size.measured());
        put(map, "warm_up", "warm_up_ms", size.warmUp());
        map.put("parts", size.parts());
        map.put("concurrency", loadRate.callers());
        ArrivalProcess arrivals = loadRate.arrivals();
        map.put("arrivals", arrivals == null ? "closed" : arrivals.label());
        if (arrivals instanceof ArrivalProcess.ReplayedArrivals replayed) {
            map.put("replay", replayed.fingerprint());
        } else if (arrivals != null) {
            map.put("rate", arrivals.perSecond());
        }
        return map;
    }

    private static void put(Map<String, Object> map, String requests, String milliseconds, LoadLimit limit) {
        if (limit.requests() != null) {
            map.put(requests, limit.requests());
        }
        if (limit.duration() != null) {
            map.put(milliseconds, limit.duration().toMillis());
        }
    }
}
