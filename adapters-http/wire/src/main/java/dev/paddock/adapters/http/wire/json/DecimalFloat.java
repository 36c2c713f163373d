package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Reads JSON numbers (RFC 8259, section 6) as floats, straight from bytes and rounded to the nearest: to the same bits
 * as {@link Float#parseFloat}. Not thread-safe.
 */
final class DecimalFloat {

    /** As many digits fit a long whatever they are. */
    private static final int MOST_DIGITS = 18;

    private static final int MOST_EXPONENT_DIGITS = 4;
    private static final long LARGEST_EXACT = 1L << 53;

    /** All powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    /** What a double has more than a float: 29 bits of its significand. */
    private static final long BEYOND_FLOAT = (1L << 29) - 1;

    private static final long HALF_A_STEP = 1L << 28;

    private static final int SIGN = 1 << 31;

    private float value;
    private int power;

    /** Returns the number that was read last. */
    float value() {
        return value;
    }

    /**
     * Reads the number that begins at an index. Something that is no part of numbers must follow it in the array.
     *
     * @return the index behind the number; where there is none, the complement (~) of the index at which that shows
     */
    int read(byte[] bytes, int from) {
        boolean negative = bytes[from] == '-';
        int whole = negative ? from + 1 : from;
        int at = whole;
        long digits = 0;
        for (int digit = digit(bytes[at]); isDigit(digit); digit = digit(bytes[++at])) {
            digits = digits * 10 + digit;
        }
        int count = at - whole;
        if (count == 0 || (count > 1 && bytes[whole] == '0')) {
            return ~Math.min(at, whole + 1);
        }
        int exponent = 0;
        if (bytes[at] == '.') {
            int fraction = ++at;
            for (int digit = digit(bytes[at]); isDigit(digit); digit = digit(bytes[++at])) {
                digits = digits * 10 + digit;
            }
            exponent = fraction - at;
            if (exponent == 0) {
                return ~at;
            }
        }
        boolean fits = count - exponent <= MOST_DIGITS;
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            int end = readPower(bytes, at + 1);
            if (end < 0) {
                return end;
            }
            fits &= end - at - 2 <= MOST_EXPONENT_DIGITS;
            exponent += power;
            at = end;
        }
        float size = fits ? round(digits, exponent) : Float.NaN;
        if (Float.isNaN(size)) {
            value = Float.parseFloat(new String(bytes, from, at - from, ISO_8859_1));
        } else {
            // Signs of vectors are as good as random: a branch would be foreseen wrongly every other time.
            value = Float.intBitsToFloat(Float.floatToRawIntBits(size) | (negative ? SIGN : 0));
        }
        return at;
    }

    private int readPower(byte[] bytes, int from) {
        boolean negative = bytes[from] == '-';
        int first = negative || bytes[from] == '+' ? from + 1 : from;
        int at = first;
        int size = 0;
        for (int digit = digit(bytes[at]); isDigit(digit); digit = digit(bytes[++at])) {
            size = size * 10 + digit;
        }
        power = negative ? -size : size;
        return at == first ? ~at : at;
    }

    /**
     * Returns the float nearest to digits * 10^exponent, or NaN when this way to it is not certain.
     *
     * <p>Both operands are exact as doubles, so one operation of IEEE 754 gives the double nearest to the number.
     * Rounding that once more to a float could only go wrong at the middle between two neighbouring floats: each middle
     * is itself a double, and rounding never carries a number across a double, so the double lies on the same side of
     * every middle as the number does, unless it lies on one. The middles are the doubles whose last 29 bits are half
     * of a float's step, the one between the largest float and infinity included. That holds for floats of the normal
     * range, and nothing but zero leaves it here: the smallest result is 1e-22, the largest below 1e38.
     */
    private static float round(long digits, int exponent) {
        if (digits > LARGEST_EXACT || Math.abs(exponent) >= POWERS.length) {
            return Float.NaN;
        }
        double nearest = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
        boolean isMiddle = (Double.doubleToRawLongBits(nearest) & BEYOND_FLOAT) == HALF_A_STEP;
        return isMiddle ? Float.NaN : (float) nearest;
    }

    private static int digit(byte next) {
        return next - '0';
    }

    private static boolean isDigit(int digit) {
        return Integer.compareUnsigned(digit, 10) < 0;
    }
}
