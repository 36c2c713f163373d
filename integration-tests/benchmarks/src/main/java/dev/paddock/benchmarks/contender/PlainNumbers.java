package dev.paddock.benchmarks.contender;

import java.util.Arrays;

/** Reads arrays of numbers without exponents. */
final class PlainNumbers {

    private static final double[] POWERS = new double[19];

    static {
        Arrays.setAll(POWERS, exponent -> Math.pow(10, exponent));
    }

    private final byte[] bytes;
    private int position;

    PlainNumbers(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    boolean hasVector() {
        return bytes[position] == '[';
    }

    float[] vector(int dimensions) {
        float[] vector = new float[dimensions];
        for (int index = 0; index < dimensions; index++) {
            position++;
            vector[index] = number();
        }
        position += bytes[position + 1] == ',' ? 2 : 1;
        return vector;
    }

    private float number() {
        boolean negative = bytes[position] == '-';
        if (negative) {
            position++;
        }
        long digits = 0;
        int fraction = -1;
        for (byte next = bytes[position]; next == '.' || (next >= '0' && next <= '9'); next = bytes[++position]) {
            if (next == '.') {
                fraction = 0;
            } else {
                digits = digits * 10 + next - '0';
                fraction += fraction < 0 ? 0 : 1;
            }
        }
        double number = fraction > 0 ? digits / POWERS[fraction] : digits;
        return (float) (negative ? -number : number);
    }
}
