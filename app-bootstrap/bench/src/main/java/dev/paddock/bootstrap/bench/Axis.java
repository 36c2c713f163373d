package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a chart, from zero.
 *
 * @param title what it shows, with the unit
 * @param most where it ends, more than zero
 * @param ticks the marked places
 */
record Axis(String title, double most, List<Tick> ticks) {

    private static final int USUAL_TICKS = 5;

    Axis {
        requireNonNull(title, "title");
        ticks = List.copyOf(ticks);
    }

    /** Returns an axis that has room for the given value and is marked at round numbers. */
    static Axis roundUpTo(String title, double value) {
        double step = roundStep(Math.max(value, 1e-3) / USUAL_TICKS);
        List<Tick> ticks = new ArrayList<>();
        int last = Math.max(1, (int) Math.ceil(value / step - 1e-9));
        for (int index = 0; index <= last; index++) {
            ticks.add(new Tick(index * step, label(index * step)));
        }
        return new Axis(title, last * step, ticks);
    }

    /** Returns an axis that ends at the given value and is marked at round numbers before it. */
    static Axis exactlyTo(String title, double value) {
        Axis round = roundUpTo(title, value);
        return new Axis(
                title, value, round.ticks().stream().filter(tick -> tick.at() <= value).toList());
    }

    /** Returns where a value is on the axis, 0 to 1. */
    double share(double value) {
        return Math.max(0, Math.min(1, value / most));
    }

    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String label(double value) {
        return BigDecimal.valueOf(value)
                .setScale(4, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
