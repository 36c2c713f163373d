package dev.paddock.bootstrap.bench.result;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a benchmark.
 *
 * @param plan the load
 * @param address the base URL of the server, or null for a simulated one; files of results do not contain it
 * @param environment the environment of the benchmark
 * @param modes the results of the modes, in the order in which they were measured
 * @param complete whether the benchmark ran to its end; a result that was stopped early is not compared
 */
public record BenchResult(LoadPlan plan, @Nullable String address, BenchEnvironment environment, List<ModeResult> modes, boolean complete) {

    public BenchResult {
        requireNonNull(plan, "plan");
        requireNonNull(environment, "environment");
        modes = List.copyOf(modes);
    }
}
