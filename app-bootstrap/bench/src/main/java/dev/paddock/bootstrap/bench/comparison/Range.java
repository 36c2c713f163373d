package dev.paddock.bootstrap.bench.comparison;

import java.util.List;

/**
 * A figure and its range over the repetitions.
 *
 * @param figure the figure of all requests
 * @param repetitions the figure of each repetition; empty when there was none
 */
public record Range(double figure, List<Double> repetitions) {

    public Range {
        repetitions = List.copyOf(repetitions);
    }

    double min() {
        return repetitions.stream().mapToDouble(Double::doubleValue).min().orElse(figure);
    }

    double max() {
        return repetitions.stream().mapToDouble(Double::doubleValue).max().orElse(figure);
    }

    /** Returns the difference between maximum and minimum. */
    double width() {
        return max() - min();
    }

    boolean overlaps(Range other) {
        return min() <= other.max() && other.min() <= max();
    }
}
