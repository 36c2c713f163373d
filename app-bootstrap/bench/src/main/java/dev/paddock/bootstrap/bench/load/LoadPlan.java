package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The load of a benchmark. Two results can be compared only when their loads are equal.
 *
 * @param target the kind of server that is measured
 * @param workload what each request asks for
 * @param loadRate when requests start
 * @param requestCount how many requests are sent
 */
public record LoadPlan(TargetKind target, Workload workload, LoadRate loadRate, RequestCount requestCount) {

    public LoadPlan {
        requireNonNull(target, "target");
        requireNonNull(workload, "workload");
        requireNonNull(loadRate, "loadRate");
        requireNonNull(requestCount, "requestCount");
    }

    /** Returns the load of the warm-up: the same requests in a closed loop. */
    public LoadPlan ofWarmUp() {
        return new LoadPlan(
                target,
                workload,
                new LoadRate(loadRate.callers(), null),
                new RequestCount(requestCount.warmUp(), 0, 1));
    }

    /** Returns all parts as they appear in results, keyed by the name of the option that sets them. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("target", target.label());
        map.put("workload", workload.kind().label());
        map.put("model", workload.model().value());
        map.put("tokens", workload.tokens());
        map.put("requests", requestCount.requests());
        map.put("warm_up", requestCount.warmUp());
        map.put("repeat", requestCount.repetitions());
        map.put("concurrency", loadRate.callers());
        if (loadRate.rate() != null) {
            map.put("rate", loadRate.rate());
        }
        return map;
    }
}
