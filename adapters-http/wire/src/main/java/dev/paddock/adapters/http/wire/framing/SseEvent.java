package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event, read from a frame as the WHATWG HTML standard has it. The fields {@code id} and {@code retry}
 * are for clients that reconnect, which nobody does to a model server; they are ignored. Immutable, provided that
 * nobody changes the array of the data.
 */
public final class SseEvent {

    private static final byte[] EVENT = "event".getBytes(UTF_8);
    private static final byte[] DATA = "data".getBytes(UTF_8);
    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);
    private static final byte[] NOTHING = {};

    private final String name;
    private final byte @Nullable [] data;

    private SseEvent(String name, byte @Nullable [] data) {
        this.name = name;
        this.data = data;
    }

    /** Reads the lines of one event. */
    public static SseEvent parse(byte[] frame) {
        String name = "";
        byte[] data = null;
        ByteArrayOutputStream joined = null; // made for the second data field, which is rare
        int start = 0;
        while (start < frame.length) {
            int end = lineEnd(frame, start);
            if (isField(frame, start, end, DATA)) {
                byte[] value = value(frame, start + DATA.length, end);
                if (data == null) {
                    data = value;
                } else {
                    joined = join(joined, data, value);
                }
            } else if (isField(frame, start, end, EVENT)) {
                name = new String(value(frame, start + EVENT.length, end), UTF_8);
            }
            start = nextLine(frame, end);
        }
        return new SseEvent(name, joined == null ? data : joined.toByteArray());
    }

    /** Returns the type of the event, empty when it has none. */
    public String name() {
        return name;
    }

    /** Tells whether the event has a data field, be it empty. */
    public boolean hasData() {
        return data != null;
    }

    /** Returns the data itself, not a copy; several data fields are joined by line feeds. Empty when there are none. */
    public byte[] data() {
        return data == null ? NOTHING : data;
    }

    /** Tells whether the data is {@code [DONE]}, by which OpenAI's dialect ends a stream. */
    public boolean isDone() {
        byte[] bytes = data();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == ' ') {
            end--;
        }
        return Arrays.equals(bytes, 0, end, DONE, 0, DONE.length);
    }

    /** Returns sizes only: content is never shown. */
    @Override
    public String toString() {
        return "event with " + data().length + " bytes of data";
    }

    private static int lineEnd(byte[] frame, int start) {
        int end = start;
        while (end < frame.length && frame[end] != '\n' && frame[end] != '\r') {
            end++;
        }
        return end;
    }

    private static int nextLine(byte[] frame, int lineEnd) {
        boolean isPair = lineEnd + 1 < frame.length && frame[lineEnd] == '\r' && frame[lineEnd + 1] == '\n';
        return lineEnd + (isPair ? 2 : 1);
    }

    /** A field is its name alone, or its name and a colon. */
    private static boolean isField(byte[] frame, int start, int end, byte[] name) {
        int nameEnd = start + name.length;
        return nameEnd <= end
                && Arrays.equals(frame, start, nameEnd, name, 0, name.length)
                && (nameEnd == end || frame[nameEnd] == ':');
    }

    private static byte[] value(byte[] frame, int nameEnd, int end) {
        int start = nameEnd;
        if (start < end) {
            start++; // the colon
        }
        if (start < end && frame[start] == ' ') {
            start++;
        }
        return Arrays.copyOfRange(frame, start, end);
    }

    private static ByteArrayOutputStream join(@Nullable ByteArrayOutputStream joined, byte[] first, byte[] next) {
        ByteArrayOutputStream target = joined;
        if (target == null) {
            target = new ByteArrayOutputStream(first.length + next.length + 1);
            target.writeBytes(first);
        }
        target.write('\n');
        target.writeBytes(next);
        return target;
    }
}
