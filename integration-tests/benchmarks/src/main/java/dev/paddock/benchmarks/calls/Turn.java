package dev.paddock.benchmarks.calls;

import java.util.List;

/**
 * What a contender did while it was its turn.
 *
 * @param calls that came to their end
 * @param use what all of them cost its process
 */
record Turn(long calls, ProcessUsage use) {

    Turn {
        if (calls < 1) {
            throw new IllegalArgumentException("a turn without a call says nothing");
        }
    }

    /** Reads what {@link #line} wrote. */
    static Turn parse(String line) {
        List<Long> figures =
                List.of(line.split(" ", -1)).stream().map(Long::valueOf).toList();
        return new Turn(figures.get(0), new ProcessUsage(figures.get(1), figures.get(2)));
    }

    /** Writes it down for another process. */
    String line() {
        return calls + " " + use.cpu() + " " + use.allocation();
    }

    /** Processor time of a call, in microseconds. */
    double cpuOfCall() {
        return use.cpuPerCall((double) calls);
    }

    /** Allocation of a call, in units of 1000 bytes. */
    double allocationOfCall() {
        return use.allocationPerCall((double) calls);
    }
}
