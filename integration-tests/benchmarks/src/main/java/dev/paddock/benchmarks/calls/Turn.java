package dev.paddock.benchmarks.calls;

import java.util.List;

/**
 * What a contender did while it was its turn.
 *
 * @param calls that came to their end
 * @param cpu processor time of its process for all of them, in nanoseconds
 * @param allocation of all of them, in bytes
 */
record Turn(long calls, long cpu, long allocation) {

    private static final double NANOS_PER_MICRO = 1_000;
    private static final double BYTES_PER_KILOBYTE = 1_000;

    Turn {
        if (calls < 1) {
            throw new IllegalArgumentException("a turn without a call says nothing");
        }
    }

    /** Reads what {@link #line} wrote. */
    static Turn parse(String line) {
        List<Long> figures =
                List.of(line.split(" ", -1)).stream().map(Long::valueOf).toList();
        return new Turn(figures.get(0), figures.get(1), figures.get(2));
    }

    /** Writes it down for another process. */
    String line() {
        return calls + " " + cpu + " " + allocation;
    }

    /** Processor time of a call, in microseconds. */
    double cpuOfCall() {
        return cpu / NANOS_PER_MICRO / calls;
    }

    /** Allocation of a call, in units of 1000 bytes. */
    double allocationOfCall() {
        return allocation / BYTES_PER_KILOBYTE / calls;
    }
}
