package dev.paddock.adapters.http.gateway.operations;

import java.time.Duration;

/** Durations as the JSON has them: milliseconds with three decimals. */
final class JsonMilliseconds {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    private JsonMilliseconds() {}

    static double of(Duration duration) {
        return Math.round(duration.toNanos() / NANOS_PER_MICRO) / MICROS_PER_MILLI;
    }
}
