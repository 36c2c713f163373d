package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame that was parsed, as the template of those behind it: a server writes all frames of a stream alike, and only a few texts in them
 * differ. A frame that has the same bytes around those texts means the same but for them, so it needs no parser, which takes longer than
 * all else that is done with a frame. A text with an escape or a control character is for the parser; one with broken UTF-8 is repaired as
 * {@link Utf8} says. Not thread-safe.
 */
final class FrameTemplate {

    /** Longer frames are seldom, and the parser has limits for them. */
    private static final int LONGEST = 4096;

    private static final int NONE = -1;

    private final byte[] object;
    private final int offset;
    private final int end;
    private final int[] starts; // of each text
    private final int[] ends; // of each text: the index of the quotation mark behind it
    private final int[] otherStarts; // the same in the frame that has matched last
    private final int[] otherEnds;
    private final TextSlice slice = new TextSlice();
    private char[] characters = {};
    private byte[] other = {};

    private FrameTemplate(byte[] object, int offset, int length, int texts) {
        this.object = object;
        this.offset = offset;
        this.end = offset + length;
        this.starts = new int[texts];
        this.ends = new int[texts];
        this.otherStarts = new int[texts];
        this.otherEnds = new int[texts];
    }

    /**
     * Returns a frame as a template, or null when it cannot be one: it has an escape, or one of the fields not exactly once, or not as a
     * text, or in another order. The bytes are not copied.
     *
     * @param bytes have one JSON object in the range, which a parser has accepted
     * @param fields the names of the fields whose texts differ from frame to frame, at any depth
     */
    static @Nullable FrameTemplate of(byte[] bytes, int offset, int length, String... fields) {
        FrameTemplate template = new FrameTemplate(bytes, offset, length, fields.length);
        return template.find(List.of(fields)) && template.matches(bytes, offset, length) ? template : null;
    }

    /** Returns whether a frame is this one but for the texts, which are then those of that frame. */
    boolean matches(byte[] bytes, int otherOffset, int length) {
        if (length > LONGEST) {
            return false;
        }
        int otherEnd = otherOffset + length;
        int at = otherOffset;
        int same = offset;
        for (int text = 0; text < starts.length; text++) {
            int start = at + starts[text] - same;
            int textEnd = start < otherEnd && isSame(same, starts[text], bytes, at, start) ? endOfText(bytes, start, otherEnd) : NONE;
            if (textEnd == NONE) {
                return false;
            }
            otherStarts[text] = start;
            otherEnds[text] = textEnd;
            at = textEnd;
            same = ends[text];
        }
        other = bytes;
        return isSame(same, end, bytes, at, otherEnd);
    }

    /** Returns one of the texts of the frame that has matched last. */
    String text(int field) {
        return new String(other, otherStarts[field], otherEnds[field] - otherStarts[field], UTF_8);
    }

    /** Returns the bytes of such a text as characters, which are the text if it is ASCII. They are gone when the next text is asked for. */
    CharSequence characters(int field) {
        int length = otherEnds[field] - otherStarts[field];
        if (characters.length < length) {
            characters = new char[length];
        }
        for (int index = 0; index < length; index++) {
            characters[index] = (char) Byte.toUnsignedInt(other[otherStarts[field] + index]);
        }
        return slice.of(characters, 0, length);
    }

    private boolean isSame(int from, int to, byte[] bytes, int otherFrom, int otherTo) {
        return Arrays.equals(object, from, to, bytes, otherFrom, otherTo);
    }

    /** Finds the texts. As nothing is escaped, quotation marks begin and end texts in turn, and one before a colon is a name. */
    private boolean find(List<String> fields) {
        int found = 0;
        for (int at = offset; at < end; at++) {
            if (object[at] != '"') {
                continue;
            }
            int start = at + 1;
            at = endOfText(object, start, end);
            if (at == NONE) {
                return false;
            }
            int value = valueBehindColon(object, at + 1, end);
            int field = value == NONE ? NONE : fields.indexOf(new String(object, start, at - start, UTF_8));
            if (field != NONE) {
                int valueEnd = object[value] == '"' ? endOfText(object, value + 1, end) : NONE;
                if (field != found || valueEnd == NONE) {
                    return false;
                }
                starts[found] = value + 1;
                ends[found] = valueEnd;
                found++;
                at = valueEnd;
            }
        }
        return found == fields.size();
    }

    /** Returns the index of the quotation mark that ends a text, or -1 when the text has anything that is for the parser. */
    private static int endOfText(byte[] bytes, int start, int end) {
        for (int index = start; index < end; index++) {
            byte next = bytes[index];
            if (next == '"') {
                return index;
            }
            if (next == '\\' || (next >= 0 && next < ' ')) {
                return NONE;
            }
        }
        return NONE;
    }

    /** Returns the index of the value behind a name, or -1 when no colon follows: that was no name. */
    private static int valueBehindColon(byte[] bytes, int nameEnd, int end) {
        int colon = skipSpaces(bytes, nameEnd, end);
        int value = colon < end && bytes[colon] == ':' ? skipSpaces(bytes, colon + 1, end) : end;
        return value < end ? value : NONE;
    }

    private static int skipSpaces(byte[] bytes, int from, int end) {
        int index = from;
        while (index < end && FrameReader.isSpace(bytes[index])) {
            index++;
        }
        return index;
    }
}
