package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The load of a benchmark. Two results can be compared only when all of it is the same.
 *
 * @param target what is measured
 * @param workload what is asked
 * @param loadRate when requests start
 * @param requestCount how many requests there are
 */
public record LoadPlan(TargetKind target, Workload workload, LoadRate loadRate, RequestCount requestCount) {

    public LoadPlan {
        requireNonNull(target, "target");
        requireNonNull(workload, "workload");
        requireNonNull(loadRate, "loadRate");
        requireNonNull(requestCount, "requestCount");
    }

    LoadPlan ofWarmUp() {
        return new LoadPlan(target, workload, new LoadRate(loadRate.callers(), null), requestCount.ofWarmUp());
    }

    /** Returns all of it as it stands in results, by the name of the option that sets it. */
    Map<String, Object> toMap() {
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
