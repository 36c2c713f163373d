package dev.paddock.bootstrap.bench.result;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import java.util.List;

/**
 * The result of a benchmark.
 *
 * @param plan the load
 * @param environment the environment of the benchmark
 * @param modes the results of the modes, in the order in which they were measured
 * @param complete whether the benchmark ran to its end; a result that was stopped early is not compared
 */
public record BenchResult(LoadPlan plan, BenchEnvironment environment, List<ModeResult> modes, boolean complete) {

    public BenchResult {
        requireNonNull(plan, "plan");
        requireNonNull(environment, "environment");
        modes = List.copyOf(modes);
    }
}
