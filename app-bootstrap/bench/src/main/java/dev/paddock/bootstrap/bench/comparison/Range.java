package dev.paddock.bootstrap.bench.comparison;

import java.util.List;

/**
 * A figure and its range over the parts.
 *
 * @param figure the figure of all requests
 * @param parts the figure of each part; empty when there was none
 */
public record Range(double figure, List<Double> parts) {

    public Range {
        parts = List.copyOf(parts);
    }

    double min() {
        return parts.stream().mapToDouble(Double::doubleValue).min().orElse(figure);
    }

    double max() {
        return parts.stream().mapToDouble(Double::doubleValue).max().orElse(figure);
    }

    /** Returns the difference between maximum and minimum. */
    double width() {
        return max() - min();
    }

    boolean overlaps(Range other) {
        return min() <= other.max() && other.min() <= max();
    }
}
