package dev.paddock.adapters.http.sim.json;

import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;

/** Floating point numbers as Go prints them in JSON. */
public final class GoNumber {
    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double SMALLEST_LARGE = 1e21;

    private GoNumber() {
    }

    public static RawValue of(float value) {
        return new RawValue(text(Float.toString(value), Math.abs(value)));
    }

    public static RawValue of(double value) {
        return new RawValue(text(Double.toString(value), Math.abs(value)));
    }

    private static String text(String shortest, double magnitude) {
        if (magnitude == 0) {
            return "0";
        }
        if (magnitude >= SMALLEST_PLAIN && magnitude < SMALLEST_LARGE) {
            return new BigDecimal(shortest).stripTrailingZeros().toPlainString();
        }
        return shortest.replace(".0E", "E").replace('E', 'e').replaceAll("e(\\d)", "e+$1");
    }
}
