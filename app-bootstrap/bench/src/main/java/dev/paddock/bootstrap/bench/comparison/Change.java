package dev.paddock.bootstrap.bench.comparison;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.result.Measure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The change of a figure between two results.
 *
 * <p>The noise is the width of the wider of the two ranges, each from the smallest to the largest part of one result. A
 * change is better or worse only when the ranges do not overlap and the change is larger than the noise. With five parts
 * each and no real difference, the first condition holds by chance in one of 126 comparisons. The second condition is stricter,
 * because parts in one process vary less than two processes do.
 *
 * <p>The error rate is judged by all requests, and its noise is the width of the baseline alone. Otherwise a server that fails during
 * the new run would pass, because the parts before the failure have no errors.
 *
 * @param measure the figure
 * @param before the range in the baseline
 * @param now the range in the new result
 */
public record Change(Measure measure, Range before, Range now) {

    private static final int MIN_PARTS = 4;

    public Change {
        requireNonNull(measure, "measure");
        requireNonNull(before, "before");
        requireNonNull(now, "now");
    }

    /** Returns the change as a fraction of the figure before, or null when that is zero. */
    public @Nullable Double relative() {
        return fractionOfBefore(now.figure() - before.figure());
    }

    /** Returns the noise as a fraction of the figure before, or null when that is zero. */
    public @Nullable Double relativeNoise() {
        return fractionOfBefore(noise());
    }

    /** Returns whether the change is significant, and in which direction. */
    public ChangeVerdict verdict() {
        if (Math.min(before.parts().size(), now.parts().size()) < MIN_PARTS) {
            return ChangeVerdict.TOO_FEW_PARTS;
        }
        double change = now.figure() - before.figure();
        boolean overlaps = measure != Measure.ERROR_RATE && before.overlaps(now);
        if (overlaps || Math.abs(change) <= noise()) {
            return ChangeVerdict.WITHIN_NOISE;
        }
        return change > 0 == measure.moreIsBetter() ? ChangeVerdict.BETTER : ChangeVerdict.WORSE;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("before", before.figure());
        map.put("now", now.figure());
        Double relative = relative();
        Double noise = relativeNoise();
        if (relative != null && noise != null) {
            map.put("change", rounded(relative));
            map.put("noise", rounded(noise));
        }
        map.put("verdict", verdict().label());
        return map;
    }

    private static double rounded(double fraction) {
        return Math.round(fraction * 1e4) / 1e4;
    }

    private double noise() {
        return measure == Measure.ERROR_RATE ? before.width() : Math.max(before.width(), now.width());
    }

    private @Nullable Double fractionOfBefore(double difference) {
        return before.figure() == 0 ? null : Double.valueOf(difference / before.figure());
    }

    /** The meaning of a change. */
    public enum ChangeVerdict {
        /** The change is larger than the noise, and an improvement. */
        BETTER,
        /** The change is larger than the noise, and a deterioration. */
        WORSE,
        /** The change is not larger than the noise. */
        WITHIN_NOISE,
        /** There are too few parts to know the noise. */
        TOO_FEW_PARTS;

        /** Returns the name as it appears in JSON, for example {@code within_noise}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the name in tables, for example {@code within noise}. */
        public String toText() {
            return label().replace('_', ' ');
        }
    }
}
