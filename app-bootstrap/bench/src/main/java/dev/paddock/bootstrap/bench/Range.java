package dev.paddock.bootstrap.bench;

import java.util.List;

/**
 * A figure, and how much it varies from repetition to repetition.
 *
 * @param figure that of all requests
 * @param repetitions those of the repetitions; empty when nothing was repeated
 */
public record Range(double figure, List<Double> repetitions) {

    public Range {
        repetitions = List.copyOf(repetitions);
    }

    double least() {
        return repetitions.stream().mapToDouble(Double::doubleValue).min().orElse(figure);
    }

    double most() {
        return repetitions.stream().mapToDouble(Double::doubleValue).max().orElse(figure);
    }

    /** Returns the distance between the least and the most. */
    double width() {
        return most() - least();
    }

    boolean overlaps(Range other) {
        return least() <= other.most() && other.least() <= most();
    }
}
