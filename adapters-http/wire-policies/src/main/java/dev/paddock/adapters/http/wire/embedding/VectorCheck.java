package dev.paddock.adapters.http.wire.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** Checks vectors without converting their numbers: servers answer now and then with zeros, with NaN, or with nothing. Not thread-safe. */
final class VectorCheck {

    /** A number of more digits before its point, or with a larger power, may be too large for 32 bits. */
    private static final int LARGEST_POWER = 37;

    /** A number with a smaller power is as good as zero. */
    private static final int SMALLEST_POWER = -30;

    private static final int LONGEST_POWER = 3; // digits
    private static final int NOT_FINITE = 0x7f800000;

    private final byte[] json;
    private int at;
    private boolean hasLength;

    private VectorCheck(byte[] json) {
        this.json = json;
    }

    /** Returns the vector with the given bytes, which are one JSON value. */
    static EmbeddingVector of(byte[] json) {
        if (json[0] == '"') {
            return ofBase64(json);
        }
        VectorCheck check = new VectorCheck(json);
        int dimensions = check.count();
        return new EmbeddingVector(json, Math.max(0, dimensions), dimensions > 0 && check.hasLength);
    }

    private static EmbeddingVector ofBase64(byte[] json) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(Arrays.copyOfRange(json, 1, json.length - 1));
        } catch (IllegalArgumentException otherwiseWritten) {
            return new EmbeddingVector(json, 0, false);
        }
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean isFinite = bytes.length > 0 && bytes.length % Float.BYTES == 0;
        boolean hasLength = false;
        while (isFinite && numbers.hasRemaining()) {
            int bits = numbers.getInt();
            isFinite = (bits & NOT_FINITE) != NOT_FINITE;
            hasLength |= bits << 1 != 0; // without the sign
        }
        return new EmbeddingVector(json, bytes.length / Float.BYTES, isFinite && hasLength);
    }

    /** Returns how many numbers the array has, or -1 if it has anything else. */
    private int count() {
        int count = 0;
        do {
            at++; // behind the bracket or the comma
            skipBlanks();
            if (!number()) {
                return -1;
            }
            count++;
            skipBlanks();
        } while (peek() == ',');
        return peek() == ']' && at == json.length - 1 ? count : -1;
    }

    /** Passes a number (RFC 8259, section 6); returns whether it is one, and finite in 32 bits. */
    private boolean number() {
        if (peek() == '-') {
            at++;
        }
        int start = at;
        boolean isZero = digits(true);
        int whole = at - start;
        if (whole == 0 || (whole > 1 && json[start] == '0')) {
            return false;
        }
        if (peek() == '.') {
            int point = at++;
            isZero = digits(isZero);
            if (at == point + 1) {
                return false;
            }
        }
        int power = 0;
        if (peek() == 'e' || peek() == 'E') {
            at++;
            boolean isNegative = peek() == '-';
            at += isNegative || peek() == '+' ? 1 : 0;
            int first = at;
            while (isDigit(peek())) {
                power = at - first < LONGEST_POWER ? power * 10 + peek() - '0' : Integer.MAX_VALUE / 2;
                at++;
            }
            if (at == first) {
                return false;
            }
            power = isNegative ? -power : power;
        }
        hasLength |= !isZero && power >= SMALLEST_POWER;
        return isZero || whole + power <= LARGEST_POWER + 1;
    }

    /** Passes digits; returns whether all numbers so far were zero. */
    private boolean digits(boolean isZeroSoFar) {
        boolean isZero = isZeroSoFar;
        while (isDigit(peek())) {
            isZero &= json[at++] == '0';
        }
        return isZero;
    }

    private void skipBlanks() {
        while (JsonWalk.isBlank(peek())) {
            at++;
        }
    }

    private byte peek() {
        return at < json.length ? json[at] : 0;
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }
}
