package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.exchange.Frame;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One server-sent event, read from a frame as the WHATWG HTML standard defines it. The fields {@code id} and {@code retry} serve clients
 * that reconnect, which model servers do not support; they are ignored. Immutable as long as the bytes of the frame are not changed.
 *
 * <p>Two forms go beyond the standard, because servers send them: a field {@code error} is an event with that name, and a line that is JSON
 * by itself is the data. So a line of newline-delimited JSON is an event, too.
 */
public final class SseEvent {

    private static final ByteSearch LINE_END = ByteSearch.of('\n', '\r');
    private static final byte[] EVENT = "event".getBytes(UTF_8);
    private static final byte[] DATA = "data".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final String DONE = "[DONE]";
    private static final int LONGEST_DONE = 64;
    private static final Pattern NO_ERROR = Pattern.compile("(?i)|null|none|false|0|\"\"|\\{}|\\[]");
    private static final int LONGEST_NONE = 8;

    private final Frame frame;
    private final String name;
    private final byte[] bytes;
    private final int dataOffset; // -1 when the event has no data
    private final int dataLength;
    private final boolean isStandard;

    private SseEvent(Frame frame, String name, byte[] bytes, int dataOffset, int dataLength, boolean isStandard) {
        this.frame = frame;
        this.name = name;
        this.bytes = bytes;
        this.dataOffset = dataOffset;
        this.dataLength = dataLength;
        this.isStandard = isStandard;
    }

    /** Reads the content of a frame. The data is not copied unless it is spread over several fields. */
    public static SseEvent parse(Frame frame) {
        byte[] bytes = frame.bytes();
        int start = frame.contentOffset();
        int end = start + frame.contentLength();
        return isJson(bytes, start, end)
                ? new SseEvent(frame, "", bytes, start, jsonEnd(bytes, start, end) - start, false)
                : parseFields(frame);
    }

    private static SseEvent parseFields(Frame frame) {
        byte[] bytes = frame.bytes();
        int end = frame.contentOffset() + frame.contentLength();
        String name = "";
        int dataOffset = -1;
        int dataLength = 0;
        ByteArrayOutputStream joined = null; // made for the second data field, which is rare
        for (int start = frame.contentOffset(); start < end; ) {
            int lineEnd = lineEnd(bytes, start, end);
            if (isField(bytes, start, lineEnd, DATA)) {
                int value = valueStart(bytes, start + DATA.length, lineEnd);
                if (dataOffset < 0) {
                    dataOffset = value;
                    dataLength = lineEnd - value;
                } else {
                    if (joined == null) {
                        joined = new ByteArrayOutputStream(end - dataOffset);
                        joined.write(bytes, dataOffset, dataLength);
                    }
                    joined.write('\n');
                    joined.write(bytes, value, lineEnd - value);
                }
            } else if (isField(bytes, start, lineEnd, EVENT)) {
                int value = valueStart(bytes, start + EVENT.length, lineEnd);
                name = new String(bytes, value, lineEnd - value, UTF_8);
            } else if (isField(bytes, start, lineEnd, ERROR) && !isNone(bytes, valueStart(bytes, start + ERROR.length, lineEnd), lineEnd)) {
                int value = valueStart(bytes, start + ERROR.length, lineEnd);
                return new SseEvent(frame, "error", bytes, value, lineEnd - value, false);
            } else if (isJson(bytes, start, lineEnd)) {
                return new SseEvent(frame, name, bytes, start, jsonEnd(bytes, start, end) - start, false);
            }
            start = lineEnd + 1; // the LF of a CRLF is an empty line, which is ignored
        }
        return joined == null
                ? new SseEvent(frame, name, bytes, dataOffset, dataLength, true)
                : new SseEvent(frame, name, joined.toByteArray(), 0, joined.size(), true);
    }

    /** Returns the type of the event, empty when it has none. */
    public String name() {
        return name;
    }

    /** Returns whether the event has a data field, even an empty one. */
    public boolean hasData() {
        return dataOffset >= 0;
    }

    /** Returns whether the frame is an event as the standard defines it, so that any client of events reads it so. */
    public boolean isStandard() {
        return isStandard;
    }

    /** Returns the array that holds the data, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the index at which the data begins in {@link #bytes()}; 0 when there is no data. */
    public int dataOffset() {
        return Math.max(0, dataOffset);
    }

    /** Returns the number of bytes of the data; several data fields are joined by line feeds. */
    public int dataLength() {
        return dataLength;
    }

    /** Returns a copy of the data, empty when there is none. */
    public byte[] data() {
        return Arrays.copyOfRange(bytes, dataOffset(), dataOffset() + dataLength);
    }

    /** Returns whether a decoder has to read the event: it is a text that should be JSON, even if it is none, and not the last event. */
    public boolean isReadable() {
        return hasData() ? !isDone() : name.isEmpty();
    }

    /** Returns a copy of the data; of the whole content when that is no event but a text. */
    public byte[] text() {
        int start = frame.contentOffset();
        return hasData() || !name.isEmpty() ? data() : Arrays.copyOfRange(frame.bytes(), start, start + frame.contentLength());
    }

    /** Returns whether the data is {@code [DONE]}, with which OpenAI's dialect ends a stream; in any case, with or without quotes. */
    public boolean isDone() {
        if (dataLength < DONE.length() || dataLength > LONGEST_DONE) {
            return false;
        }
        String data = new String(bytes, dataOffset(), dataLength, UTF_8).strip();
        boolean quoted = data.length() > 1 && data.startsWith("\"") && data.endsWith("\"");
        return DONE.equalsIgnoreCase(quoted ? data.substring(1, data.length() - 1).strip() : data);
    }

    /** Returns sizes only: content is never shown. */
    @Override
    public String toString() {
        return "event with " + dataLength + " bytes of data";
    }

    /** Some servers send the field in each event, without an error in it. */
    private static boolean isNone(byte[] bytes, int start, int end) {
        return end - start <= LONGEST_NONE && NO_ERROR.matcher(new String(bytes, start, end - start, UTF_8).strip()).matches();
    }

    /** Returns whether a line is JSON by itself, as some servers send errors and lines of an answer. */
    private static boolean isJson(byte[] bytes, int start, int end) {
        int first = start;
        while (first < end && (bytes[first] == ' ' || bytes[first] == '\t')) {
            first++;
        }
        return first < end && (bytes[first] == '{' || bytes[first] == '[');
    }

    /** Returns the end of JSON that may have several lines: at the next line with a field of an event. */
    private static int jsonEnd(byte[] bytes, int start, int end) {
        for (int lineEnd = lineEnd(bytes, start, end); lineEnd < end; lineEnd = lineEnd(bytes, lineEnd + 1, end)) {
            if (isField(bytes, lineEnd + 1, end, DATA) || isField(bytes, lineEnd + 1, end, EVENT)) {
                return lineEnd;
            }
        }
        return end;
    }

    private static int lineEnd(byte[] bytes, int start, int limit) {
        return LINE_END.next(bytes, Math.min(start, limit), limit);
    }

    /** A field is its name alone, or its name and a colon. */
    private static boolean isField(byte[] bytes, int start, int end, byte[] name) {
        int nameEnd = start + name.length;
        return nameEnd <= end
                && Arrays.equals(bytes, start, nameEnd, name, 0, name.length)
                && (nameEnd == end || bytes[nameEnd] == ':');
    }

    private static int valueStart(byte[] bytes, int nameEnd, int end) {
        int start = Math.min(nameEnd + 1, end); // behind the colon
        return start < end && bytes[start] == ' ' ? start + 1 : start;
    }
}
