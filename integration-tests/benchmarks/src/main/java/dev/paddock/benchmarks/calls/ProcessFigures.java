package dev.paddock.benchmarks.calls;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.paddock.benchmarks.upstream.UpstreamAddress;
import dev.paddock.benchmarks.upstream.UpstreamCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
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
public final class ProcessFigures implements InternalProfiler {

    static final String CPU = "cpu";
    static final String ALLOCATION = "allocation";
    static final String CONNECTIONS = "connections";
    static final String CONNECTIONS_PER_REQUEST = "connections-per-request";
    static final String REQUESTS = "requests";
    static final String UPSTREAM_CPU = "upstream-cpu";

    private static final double NANOS_PER_MICRO = 1_000;
    private static final double BYTES_PER_KILOBYTE = 1_000;

    private final OperatingSystemMXBean processor =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final int port = UpstreamAddress.ofProcess().port();
    private int asked;
    /** What there was before the contender opened its first connection; null before the first iteration. */
    private @Nullable UpstreamCounts first;
    private UpstreamCounts before = new UpstreamCounts(0, 0, 0);
    private long cpuBefore;
    private long allocatedBefore;

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
        allocatedBefore = threads.getTotalThreadAllocatedBytes();
        cpuBefore = processor.getProcessCpuTime();
    }

    @Override
    public List<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long cpu = processor.getProcessCpuTime() - cpuBefore;
        long allocated = threads.getTotalThreadAllocatedBytes() - allocatedBefore;
        UpstreamCounts start = requireNonNull(first);
        UpstreamCounts after = counts();
        double calls = result.getMetadata().getAllOps();
        // The counts are asked for on connections of their own, the first of which was there before.
        long connections = after.connections() - start.connections() - (asked - 1);
        return List.of(
                average(CPU, cpu / NANOS_PER_MICRO / calls, "us/call"),
                average(ALLOCATION, allocated / BYTES_PER_KILOBYTE / calls, "kB/call"),
                average(REQUESTS, (after.requests() - before.requests()) / calls, "requests/call"),
                average(UPSTREAM_CPU, (after.cpuNanos() - before.cpuNanos()) / NANOS_PER_MICRO / calls, "us/call"),
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
