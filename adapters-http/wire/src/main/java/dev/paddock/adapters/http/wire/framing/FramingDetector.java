package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.paddock.domain.exchange.Framing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Determines by its first bytes how a body is divided, because servers label streams wrongly or not at all.
 *
 * <p>A field of an event begins events, whatever the content type says. JSON is lines if a stream was requested or the content type says
 * so, or if a further line follows a first one that is whole; otherwise it is a document. Anything else is lines if a stream was
 * requested, so that a text that is no answer is noticed; otherwise the content type decides. Not thread-safe.
 */
public final class FramingDetector {

    private static final List<byte[]> EVENT_FIELDS =
            List.of(bytes(":"), bytes("data:"), bytes("event:"), bytes("id:"), bytes("retry:"), bytes("error:"));
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MOST_BLANKS = 64 * 1024;

    private static final ByteSearch LINE_END = ByteSearch.of('\n', '\n');

    private final Framing declared;
    private final boolean stream;
    private Framing expected; // until the framing is detected, and if the body ends before
    private int blanks; // and the byte order mark, before the first content
    private @Nullable Framing detected;

    /**
     * Creates a detector at the start of a body.
     *
     * @param contentType the content type of the response, or null when it has none
     * @param stream whether the request asked for a stream
     */
    public FramingDetector(@Nullable String contentType, boolean stream) {
        this.declared = declared(contentType);
        this.stream = stream;
        this.expected = stream && declared == Framing.DOCUMENT ? Framing.LINES : declared;
    }

    /**
     * Returns whether the framing is known.
     *
     * @param bytes begins with the body as far as it has been received, which is at least as much as at the last call
     * @param length the number of bytes received
     */
    public boolean detect(byte[] bytes, int length) {
        skipBlanks(bytes, length);
        if (blanks < length && !isPartOfByteOrderMark(bytes, length)) {
            detected = bytes[blanks] == '{' || bytes[blanks] == '[' ? ofJson(bytes, length) : ofText(bytes, length);
        } else if (length > MOST_BLANKS) {
            detected = expected;
        }
        return detected != null;
    }

    /** Returns the framing as far as it is known: that which the head suggests until the first bytes show another one. */
    public Framing framing() {
        return detected == null ? expected : detected;
    }

    /** Returns null while the first line is whole and nothing follows it yet. */
    private @Nullable Framing ofJson(byte[] bytes, int length) {
        if (stream || declared == Framing.LINES) {
            return Framing.LINES;
        }
        int lineEnd = LINE_END.next(bytes, blanks, length);
        if (lineEnd == length || JsonNesting.isOpen(index -> bytes[index], blanks, lineEnd)) {
            return Framing.DOCUMENT;
        }
        if (skipBlanks(bytes, lineEnd, length) < length) {
            return Framing.LINES;
        }
        expected = Framing.DOCUMENT;
        return length > MOST_BLANKS ? expected : null;
    }

    /** Returns null while the bytes may still become the name of a field. */
    private @Nullable Framing ofText(byte[] bytes, int length) {
        boolean mayBeField = false;
        for (byte[] field : EVENT_FIELDS) {
            int common = Math.min(field.length, length - blanks);
            if (Arrays.equals(bytes, blanks, blanks + common, field, 0, common)) {
                if (common == field.length) {
                    return Framing.EVENTS;
                }
                mayBeField = true;
            }
        }
        if (mayBeField) {
            return null;
        }
        return stream ? Framing.LINES : declared;
    }

    private static boolean isPartOfByteOrderMark(byte[] bytes, int length) {
        return length < 3 && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
    }

    private void skipBlanks(byte[] bytes, int length) {
        if (blanks == 0 && length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            blanks = 3;
        }
        blanks = skipBlanks(bytes, blanks, length);
    }

    private static int skipBlanks(byte[] bytes, int from, int length) {
        int index = from;
        while (index < length && (bytes[index] == ' ' || bytes[index] == '\t' || bytes[index] == '\r' || bytes[index] == '\n')) {
            index++;
        }
        return index;
    }

    private static Framing declared(@Nullable String contentType) {
        if (contentType == null) {
            return Framing.DOCUMENT;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" -> Framing.LINES;
            case "text/event-stream" -> Framing.EVENTS;
            default -> Framing.DOCUMENT;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
