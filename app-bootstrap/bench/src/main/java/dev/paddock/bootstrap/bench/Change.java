package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a figure has changed.
 *
 * <p>The noise is the width of the wider of the two spreads: the distance between the least and the most repetition of one
 * measurement. There is a verdict only where the spreads do not touch each other and the change is larger than the noise. Of
 * five repetitions each, without any difference, the first happens in one of 126 comparisons in the same direction or the
 * other; the second asks for more, since repetitions of one process are more alike than those of two.
 *
 * @param measure which figure
 * @param before that of the baseline
 * @param now that of the new measurement
 */
public record Change(Measure measure, Range before, Range now) {

    private static final int FEWEST_REPETITIONS = 4;

    public Change {
        requireNonNull(measure, "measure");
        requireNonNull(before, "before");
        requireNonNull(now, "now");
    }

    /** Returns the change as a share of the figure before, or null when that is zero. */
    public @Nullable Double relative() {
        return shareOfBefore(now.figure() - before.figure());
    }

    /** Returns the noise as a share of the figure before, or null when that is zero. */
    public @Nullable Double relativeNoise() {
        return shareOfBefore(noise());
    }

    /** Returns what the change means. */
    public ChangeVerdict verdict() {
        if (Math.min(before.repetitions().size(), now.repetitions().size()) < FEWEST_REPETITIONS) {
            return ChangeVerdict.TOO_FEW_REPETITIONS;
        }
        double change = now.figure() - before.figure();
        if (before.overlaps(now) || Math.abs(change) <= noise()) {
            return ChangeVerdict.WITHIN_NOISE;
        }
        return change > 0 == measure.moreIsBetter() ? ChangeVerdict.BETTER : ChangeVerdict.WORSE;
    }

    private double noise() {
        return Math.max(before.width(), now.width());
    }

    private @Nullable Double shareOfBefore(double difference) {
        return before.figure() == 0 ? null : Double.valueOf(difference / before.figure());
    }
}
