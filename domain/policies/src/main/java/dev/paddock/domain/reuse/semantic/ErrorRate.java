package dev.paddock.domain.reuse.semantic;

/**
 * How many of the compared answers were wrong, with the 95 % confidence interval of their fraction (Wilson's score interval, which also
 * holds for few comparisons and for fractions near 0).
 *
 * @param wrong the wrong ones, from 0 to all
 * @param compared all that were compared, 0 or more
 */
public record ErrorRate(long wrong, long compared) {

    private static final double NORMAL_QUANTILE = 1.959963984540054; // of 97.5 %

    public ErrorRate {
        if (wrong < 0 || wrong > compared) {
            throw new IllegalArgumentException(wrong + " wrong of " + compared);
        }
    }

    /** Returns the fraction that was wrong; 0 without comparisons. */
    public double fraction() {
        return compared == 0 ? 0 : (double) wrong / compared;
    }

    /** Returns the lower end of the interval; 0 without comparisons. */
    public double low() {
        return wrong == 0 ? 0 : Math.max(0, centre() - margin());
    }

    /** Returns the upper end of the interval; 1 without comparisons. */
    public double high() {
        return wrong == compared ? 1 : Math.min(1, centre() + margin());
    }

    private double centre() {
        double square = NORMAL_QUANTILE * NORMAL_QUANTILE;
        return (fraction() + square / (2 * compared)) / (1 + square / compared);
    }

    private double margin() {
        double square = NORMAL_QUANTILE * NORMAL_QUANTILE;
        double variance = fraction() * (1 - fraction()) / compared + square / (4.0 * compared * compared);
        return NORMAL_QUANTILE * Math.sqrt(variance) / (1 + square / compared);
    }
}
