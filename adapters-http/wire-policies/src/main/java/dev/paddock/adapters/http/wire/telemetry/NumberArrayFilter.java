package dev.paddock.adapters.http.wire.telemetry;

/**
 * Leaves the numbers out of arrays of numbers in a JSON document that arrives in parts: they are nearly all of a document with vectors, have
 * no facts, and a parser needs most of its time for them. What is left is JSON if the document is. Not thread-safe.
 */
final class NumberArrayFilter {

    /** The most octets that are added. */
    static final int MOST_ADDED = 2;

    private static final boolean[] OF_NUMBERS = new boolean[1 << Byte.SIZE]; // by octet

    static {
        for (char character : "0123456789+-.eE, \t\r\n".toCharArray()) {
            OF_NUMBERS[character] = true;
        }
    }

    private enum Place {
        ANYWHERE,
        BEGIN_OF_ARRAY,
        NUMBERS,
        STRING,
        ESCAPE
    }

    private final byte before;
    private Place place = Place.NUMBERS;
    private boolean isFirst = true; // inside the array in which the filter has begun

    /**
     * Creates a filter behind a part that ends inside an array of numbers.
     *
     * @param before the last octet of the part that is not a blank
     */
    NumberArrayFilter(byte before) {
        this.before = before;
    }

    /** Returns whether a part of a document ends inside an array of numbers that begins in it, so that a filter may begin behind it. */
    static boolean isInside(byte[] bytes, int from, int end) {
        int at = end - 1;
        while (at >= from && isOfNumbers(bytes[at])) {
            at--;
        }
        return at >= from && bytes[at] == '[' && at < end - 1;
    }

    /**
     * Copies what is left of the next part.
     *
     * @param left gets the octets; it has room for {@value #MOST_ADDED} more than the part has
     * @return how many are left
     */
    int copy(byte[] bytes, int from, int end, byte[] left) {
        int length = 0;
        for (int at = from; at < end; at++) {
            byte octet = bytes[at];
            if (place == Place.BEGIN_OF_ARRAY && (octet == '-' || isDigit(octet))) {
                place = Place.NUMBERS;
            }
            if (place == Place.NUMBERS) {
                if (isOfNumbers(octet)) {
                    continue;
                }
                length = completed(octet, left, length);
                place = Place.ANYWHERE;
            }
            place = after(octet);
            left[length++] = octet;
        }
        return length;
    }

    /** Completes the number that the part before the filter has begun, or the comma behind it, when their array ends or goes on otherwise. */
    private int completed(byte next, byte[] left, int length) {
        int end = length;
        if (isFirst && !isDigit(before) && (before != ',' || next == ']')) {
            left[end++] = '0';
        }
        if (isFirst && before != ',' && next != ']') {
            left[end++] = ',';
        }
        isFirst = false;
        return end;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private Place after(byte octet) {
        return switch (place) {
            case STRING -> octet == '\\' ? Place.ESCAPE : octet == '"' ? Place.ANYWHERE : Place.STRING;
            case ESCAPE -> Place.STRING;
            default -> octet == '"' ? Place.STRING : octet == '[' ? Place.BEGIN_OF_ARRAY : isBlank(octet) ? place : Place.ANYWHERE;
        };
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    private static boolean isOfNumbers(byte octet) {
        return OF_NUMBERS[octet & 0xff];
    }
}
