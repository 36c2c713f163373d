package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The load of a benchmark. Two results can be compared only when all of it is the same.
 *
 * @param target what is measured
 * @param question what is asked
 * @param pace when requests start
 * @param amount how many requests there are
 */
public record LoadPlan(TargetKind target, Question question, Pace pace, Amount amount) {

    public LoadPlan {
        requireNonNull(target, "target");
        requireNonNull(question, "question");
        requireNonNull(pace, "pace");
        requireNonNull(amount, "amount");
    }

    LoadPlan ofWarmUp() {
        return new LoadPlan(target, question, new Pace(pace.callers(), null), amount.ofWarmUp());
    }

    /** Returns all of it as it stands in results, by the name of the option that sets it. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("target", target.label());
        map.put("workload", question.workload().label());
        map.put("model", question.model().value());
        map.put("tokens", question.tokens());
        map.put("requests", amount.requests());
        map.put("warm_up", amount.warmUp());
        map.put("repeat", amount.repetitions());
        map.put("concurrency", pace.callers());
        if (pace.rate() != null) {
            map.put("rate", pace.rate());
        }
        return map;
    }
}
