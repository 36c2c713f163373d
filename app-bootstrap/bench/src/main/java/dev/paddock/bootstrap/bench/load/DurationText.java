package dev.paddock.bootstrap.bench.load;

import java.time.Duration;
import java.util.Locale;

/** Durations as readers write them: {@code 500 ms}, {@code 2 s}, {@code 1.5 s}. */
final class DurationText {

    private DurationText() {}

    static String of(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        return millis < 1000 ? number(millis) + " ms" : number(millis / 1000) + " s";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }
}
