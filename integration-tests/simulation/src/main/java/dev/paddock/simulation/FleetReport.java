package dev.paddock.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What came of the calls of a simulation, which begins with servers that have no model in memory.
 *
 * @param calls made
 * @param answered share of the calls that got a whole answer
 * @param answeredLater the same for the calls of the second half of the time
 * @param ofCapacity whole answers that ended while calls were made, compared with what the servers can answer
 * @param loads how many models were loaded
 * @param fairness Jain's index of the answers of a caller, as a share of what is fair: 1 when all callers get it
 * @param waits until the first frame, of the calls of the second half; a call without an answer counts with the patience of its caller
 * @param polls of one server, by second
 */
record FleetReport(
        int calls, double answered, double answeredLater, double ofCapacity, int loads, double fairness, Waits waits, double polls) {

    /**
     * Durations in nanoseconds.
     *
     * @param median of all
     * @param percentile99 the longest but for a hundredth
     */
    record Waits(long median, long percentile99) {}

    static FleetReport of(VirtualFleet fleet, List<FleetCall> trace, long[] waits, long[] ends) {
        FleetSize size = fleet.size();
        long nanos = size.duration().toNanos();
        long inTime = Arrays.stream(ends).filter(end -> end > 0 && end <= nanos).count();
        int half = (int) trace.stream().filter(call -> call.at() < nanos / 2).count();
        long[] later = Arrays.stream(waits, half, waits.length)
                .map(wait -> wait < 0 ? FleetSize.PATIENCE.toNanos() : wait)
                .sorted()
                .toArray();
        int polls = fleet.servers().stream().mapToInt(VirtualOllama::polls).sum();
        double seconds = nanos / 1e9;
        return new FleetReport(
                trace.size(),
                share(ends, 0),
                share(ends, half),
                inTime / seconds / size.capacity(),
                fleet.servers().stream().mapToInt(VirtualOllama::loads).sum(),
                fairness(size, trace, ends),
                new Waits(later[later.length / 2], later[(int) (later.length * 0.99)]),
                polls / seconds / fleet.servers().size());
    }

    private static double share(long[] ends, int from) {
        return (double) Arrays.stream(ends, from, ends.length).filter(end -> end > 0).count() / (ends.length - from);
    }

    /** Compares what each caller got with what it would get if all answers were shared out evenly, up to what each asked for. */
    private static double fairness(FleetSize size, List<FleetCall> trace, long[] ends) {
        int[] asked = new int[size.callers()];
        int[] got = new int[size.callers()];
        for (FleetCall call : trace) {
            asked[call.caller()]++;
            got[call.caller()] += ends[call.number()] > 0 ? 1 : 0;
        }
        double fair = fairShare(asked, IntStream.of(got).sum());
        double sum = 0;
        double squares = 0;
        int callers = 0;
        for (int caller = 0; caller < asked.length; caller++) {
            if (asked[caller] > 0) {
                double share = got[caller] / Math.min(asked[caller], fair);
                sum += share;
                squares += share * share;
                callers++;
            }
        }
        return squares == 0 ? 0 : sum * sum / (callers * squares);
    }

    /** Returns the share at which all answers are used up when no caller gets more than it or than it asked for. */
    private static double fairShare(int[] asked, int answers) {
        int[] sorted = IntStream.of(asked).filter(count -> count > 0).sorted().toArray();
        double left = answers;
        for (int index = 0; index < sorted.length; index++) {
            double share = left / (sorted.length - index);
            if (sorted[index] >= share) {
                return share;
            }
            left -= sorted[index];
        }
        return sorted[sorted.length - 1];
    }
}
