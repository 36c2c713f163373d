package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.upstream.UpstreamCounts;
import java.util.Arrays;

/**
 * The calls that a contender made in a span of time.
 *
 * @param calls completed calls
 * @param elapsedNanos the length of the span
 * @param cpuNanos processor time of the process of the contender, compilers and garbage collector included
 * @param allocatedBytes allocation of all its threads, virtual threads included
 * @param p50Nanos median latency of a call
 * @param p99Nanos 99th percentile of the latency
 * @param upstream requests and processor time of the upstream in the span, and the connections that the contender has opened since
 *     its start
 * @param connectionsPerRequest those connections divided by all requests since its start
 */
record CallMeasurement(
        long calls,
        long elapsedNanos,
        long cpuNanos,
        long allocatedBytes,
        long p50Nanos,
        long p99Nanos,
        UpstreamCounts upstream,
        double connectionsPerRequest) {

    private static final double NANOS_PER_MICRO = 1_000;
    private static final double BYTES_PER_KILOBYTE = 1_000;
    private static final UpstreamCounts NONE = new UpstreamCounts(0, 0, 0);

    CallMeasurement {
        if (calls < 1) {
            throw new IllegalArgumentException("a measurement without a call");
        }
    }

    /** Returns a measurement without the counts of the upstream. */
    static CallMeasurement ofProcess(
            long calls, long elapsedNanos, long cpuNanos, long allocatedBytes, long p50Nanos, long p99Nanos) {
        return new CallMeasurement(calls, elapsedNanos, cpuNanos, allocatedBytes, p50Nanos, p99Nanos, NONE, 0);
    }

    /** Parses a line of {@link #toLine}. */
    static CallMeasurement parse(String line) {
        long[] figures = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return ofProcess(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
    }

    /** Returns the figures of the process of the contender as a line for another process. */
    String toLine() {
        return calls + " " + elapsedNanos + " " + cpuNanos + " " + allocatedBytes + " " + p50Nanos + " " + p99Nanos;
    }

    /**
     * Returns this measurement with the counts of the upstream.
     *
     * @param first before the contender started
     * @param before before the span
     * @param after after the span
     * @param ownConnections connections between the first and the last count that the counting itself opened
     */
    CallMeasurement with(UpstreamCounts first, UpstreamCounts before, UpstreamCounts after, int ownConnections) {
        long connections = after.connections() - first.connections() - ownConnections;
        UpstreamCounts counts = new UpstreamCounts(
                connections, after.requests() - before.requests(), after.cpuNanos() - before.cpuNanos());
        return new CallMeasurement(calls, elapsedNanos, cpuNanos, allocatedBytes, p50Nanos, p99Nanos, counts,
                (double) connections / Math.max(1, after.requests() - first.requests()));
    }

    /** Processor time of a call, in microseconds. */
    double cpu() {
        return cpuNanos / NANOS_PER_MICRO / calls;
    }

    /** Allocation of a call, in units of 1000 bytes. */
    double allocation() {
        return allocatedBytes / BYTES_PER_KILOBYTE / calls;
    }

    /** Median latency, in microseconds. */
    double p50() {
        return p50Nanos / NANOS_PER_MICRO;
    }

    /** 99th percentile of the latency, in microseconds. */
    double p99() {
        return p99Nanos / NANOS_PER_MICRO;
    }

    double callsPerSecond() {
        return 1e9 * calls / Math.max(1, elapsedNanos);
    }

    /** Processor time of the upstream for a call, in microseconds. */
    double upstreamCpu() {
        return upstream.cpuNanos() / NANOS_PER_MICRO / calls;
    }

    /** The fraction of one core that the upstream used, in percent. */
    double upstreamLoad() {
        return 100.0 * upstream.cpuNanos() / Math.max(1, elapsedNanos);
    }
}
