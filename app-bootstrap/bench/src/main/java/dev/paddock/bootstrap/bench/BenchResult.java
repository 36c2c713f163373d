package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The result of a benchmark.
 *
 * @param plan the load
 * @param environment what it ran in
 * @param modes the results of the modes, in the order in which they were measured
 * @param complete whether it ran to its end; one that was stopped is not to be compared with
 */
public record BenchResult(LoadPlan plan, BenchEnvironment environment, List<ModeResult> modes, boolean complete) {

    public BenchResult {
        requireNonNull(plan, "plan");
        requireNonNull(environment, "environment");
        modes = List.copyOf(modes);
    }
}
