package dev.paddock.domain.reuse;

import java.util.HexFormat;

/**
 * The SHA-256 hash of everything in a request that its answer may depend on. Requests with equal fingerprints ask for the same. It
 * covers neither the caller nor the version of the model, which are parts of an {@link AnswerKey}.
 *
 * @param first the first 8 bytes
 * @param second the next 8 bytes
 * @param third the next 8 bytes
 * @param fourth the last 8 bytes
 */
public record RequestFingerprint(long first, long second, long third, long fourth) {

    private static final int LENGTH = 32;

    /**
     * Returns the fingerprint with the given bytes.
     *
     * @throws IllegalArgumentException if there are not 32 of them
     */
    public static RequestFingerprint of(byte[] sha256) {
        if (sha256.length != LENGTH) {
            throw new IllegalArgumentException("a fingerprint has 32 bytes, not " + sha256.length);
        }
        return new RequestFingerprint(number(sha256, 0), number(sha256, 8), number(sha256, 16), number(sha256, 24));
    }

    private static long number(byte[] bytes, int offset) {
        long number = 0;
        for (int index = offset; index < offset + Long.BYTES; index++) {
            number = number << Byte.SIZE | Byte.toUnsignedLong(bytes[index]);
        }
        return number;
    }

    /** Returns 64 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }
}
