package dev.paddock.benchmarks.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One run of a load.
 *
 * @param reading what the load generator saw
 * @param processorMicros the processor time of what was measured for each request, in microseconds
 */
record Measurement(Reading reading, double processorMicros) {

    /** Returns the median of a figure over several runs. */
    static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
