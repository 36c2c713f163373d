package dev.paddock.adapters.http.wire.framing;

import java.util.Arrays;

/**
 * Looks for markers in the frames of one answer, as {@link MarkerScan} does. Servers write each piece of an answer alike, so that most of a
 * frame is equal to the one before: only what has changed is looked at. Not thread-safe.
 *
 * <p>A marker is a key, a colon and the beginning of a value. A comma or a brace can only be its last byte, so a marker that reaches into what
 * has changed lies between the separators around that. Of a number or a time, only the first digit can be a part of a marker.
 */
final class SimilarFrames {

    private static final byte[] NONE = {};
    private static final int LONGEST = 4096; // because it is held while the stream waits

    private byte[] known = NONE; // the last frame without a marker and without an escape
    private int knownFrom;
    private int knownEnd;

    /** Returns whether a range of JSON may contain a marker. The array must not be changed later: the next ranges are compared with it. */
    boolean mayContainMarker(byte[] json, int from, int end) {
        int equal = equalAtStart(json, from, end);
        int scanFrom = equal == 0 ? from : separatorBefore(json, from, from + equal);
        int scanEnd = separatorBehind(json, end - equalAtEnd(json, from + equal, end, knownFrom + equal), end);
        if (MarkerScan.mayContainMarker(json, scanFrom, scanEnd)) {
            return true;
        }
        if (json.length <= LONGEST && !MarkerScan.hasEscape(json, scanFrom, scanEnd)) {
            known = json;
            knownFrom = from;
            knownEnd = end;
        }
        return false;
    }

    /** Returns the number of bytes at the start that are those of the known frame, or digits in place of digits. */
    private int equalAtStart(byte[] json, int from, int end) {
        int length = Math.min(knownEnd - knownFrom, end - from);
        int equal = 0;
        int digits;
        do {
            int different = Arrays.mismatch(known, knownFrom + equal, knownFrom + length, json, from + equal, from + length);
            if (different < 0) {
                return length;
            }
            equal += different;
            digits = 0;
            while (equal + digits < length && isFurtherDigit(json, from, equal + digits) && isDigit(known[knownFrom + equal + digits])) {
                digits++;
            }
            equal += digits;
        } while (digits > 0);
        return equal;
    }

    /** Returns the number of bytes at the end that are those of the known frame, behind a start of each. */
    private int equalAtEnd(byte[] json, int start, int end, int knownStart) {
        int most = Math.min(end - start, knownEnd - knownStart);
        int equal = 0;
        while (equal + Long.BYTES <= most
                && ByteSearch.eightBytes(json, end - equal - Long.BYTES) == ByteSearch.eightBytes(known, knownEnd - equal - Long.BYTES)) {
            equal += Long.BYTES;
        }
        while (equal < most && json[end - equal - 1] == known[knownEnd - equal - 1]) {
            equal++;
        }
        return equal;
    }

    private static int separatorBefore(byte[] json, int from, int index) {
        int separator = index - 1;
        while (separator > from && json[separator] != ',' && json[separator] != '{') {
            separator--;
        }
        return separator;
    }

    /** Returns the index behind the next separator; the end when there is none. */
    private static int separatorBehind(byte[] json, int index, int end) {
        int separator = index;
        while (separator < end && json[separator] != ',' && json[separator] != '{' && json[separator] != '}') {
            separator++;
        }
        return Math.min(separator + 1, end);
    }

    /** Returns whether a byte is a digit, but not the first one of a number. */
    private static boolean isFurtherDigit(byte[] json, int from, int index) {
        return index > 0 && isDigit(json[from + index]) && (isDigit(json[from + index - 1]) || json[from + index - 1] == '.');
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
