package dev.paddock.benchmarks.calls;

import static java.util.Objects.requireNonNull;

import dev.paddock.benchmarks.upstream.UpstreamAddress;
import dev.paddock.benchmarks.upstream.UpstreamCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What a call costs the whole process: its processor time, compiler and garbage collector included, and what all its
 * threads allocated, virtual ones included. And what the upstream saw of it.
 */
public final class ProcessProfiler implements InternalProfiler {

    static final String CPU = "cpu";
    static final String ALLOCATION = "allocation";
    static final String CONNECTIONS = "connections";
    static final String CONNECTIONS_PER_REQUEST = "connections-per-request";
    static final String REQUESTS = "requests";
    static final String UPSTREAM_CPU = "upstream-cpu";

    private final int port = UpstreamAddress.ofProcess().port();
    private int asked;
    /** What there was before the contender opened its first connection; null before the first iteration. */
    private @Nullable UpstreamCounts first;
    private UpstreamCounts before = new UpstreamCounts(0, 0, 0);
    private ProcessUsage useBefore = new ProcessUsage(0, 0);

    @Override
    public String getDescription() {
        return "processor time and allocation of the process, and what the upstream counted";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = counts();
        if (first == null) {
            first = before;
        }
        useBefore = ProcessUsage.now();
    }

    @Override
    public List<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        ProcessUsage use = ProcessUsage.now().since(useBefore);
        UpstreamCounts start = requireNonNull(first);
        UpstreamCounts after = counts();
        double calls = result.getMetadata().getAllOps();
        // The counts are asked for on connections of their own, the first of which was there before.
        long connections = after.connections() - start.connections() - (asked - 1);
        return List.of(
                average(CPU, use.cpuPerCall(calls), "us/call"),
                average(ALLOCATION, use.allocationPerCall(calls), "kB/call"),
                average(REQUESTS, (after.requests() - before.requests()) / calls, "requests/call"),
                average(UPSTREAM_CPU, (after.cpuNanos() - before.cpuNanos()) / ProcessUsage.NANOS_PER_MICRO / calls, "us/call"),
                average(CONNECTIONS_PER_REQUEST,
                        (double) connections / (after.requests() - start.requests()), "connections/request"),
                new ScalarResult(CONNECTIONS, connections, "connections", AggregationPolicy.MAX));
    }

    private UpstreamCounts counts() {
        try {
            asked++;
            return UpstreamCounts.ask(port);
        } catch (IOException failure) {
            throw new UncheckedIOException("the upstream cannot be asked", failure);
        }
    }

    private static ScalarResult average(String name, double value, String unit) {
        return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
    }
}
