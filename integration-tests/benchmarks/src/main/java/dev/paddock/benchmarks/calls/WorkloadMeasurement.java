package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.Median;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What one JVM found. Times are in microseconds, sizes in units of 1000 bytes.
 *
 * @param cpu processor time of a call
 * @param allocation of a call
 * @param median duration of a call
 * @param tail its 99th percentile
 * @param upstream what the upstream had to do with it
 */
record WorkloadMeasurement(double cpu, double allocation, double median, double tail, UpstreamShare upstream) {

    /**
     * What the upstream had to do with it.
     *
     * @param connections opened by the contender while it lived
     * @param connectionsPerRequest the same for each request
     * @param requests of a call
     * @param cpu processor time of the upstream for a call
     */
    record UpstreamShare(double connections, double connectionsPerRequest, double requests, double cpu) {}

    static WorkloadMeasurement of(Collection<RunResult> results) {
        RunResult result = results.iterator().next();
        Statistics durations = result.getPrimaryResult().getStatistics();
        UpstreamShare upstream = new UpstreamShare(
                score(result, ProcessProfiler.CONNECTIONS),
                score(result, ProcessProfiler.CONNECTIONS_PER_REQUEST),
                score(result, ProcessProfiler.REQUESTS),
                score(result, ProcessProfiler.UPSTREAM_CPU));
        return new WorkloadMeasurement(score(result, ProcessProfiler.CPU), score(result, ProcessProfiler.ALLOCATION),
                durations.getPercentile(50), durations.getPercentile(99), upstream);
    }

    /** The median of what several found. */
    static double median(List<WorkloadMeasurement> measurements, ToDoubleFunction<WorkloadMeasurement> figure) {
        return Median.of(measurements.stream().mapToDouble(figure));
    }

    static double score(RunResult result, String name) {
        Result<?> figure = result.getSecondaryResults().get(name);
        if (figure == null) {
            throw new IllegalStateException("there is no " + name);
        }
        return figure.getScore();
    }
}
