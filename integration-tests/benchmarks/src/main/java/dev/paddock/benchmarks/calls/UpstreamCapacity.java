package dev.paddock.benchmarks.calls;

/**
 * What the upstream can bear.
 *
 * @param callers who call at once, each on a connection of its own
 * @param callsPerMicrosecond that were answered
 * @param upstreamCpu processor time of the upstream for a call, in microseconds
 */
record UpstreamCapacity(int callers, double callsPerMicrosecond, double upstreamCpu) {

    /** How much of one core the upstream used, in percent. */
    double upstreamLoad() {
        return 100 * upstreamCpu * callsPerMicrosecond;
    }
}
