package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.paddock.domain.exchange.Framing;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Determines by its first bytes how a body is divided, because servers label streams wrongly or not at all.
 *
 * <p>A field of an event begins events, whatever the content type says. JSON is lines if a stream was requested or the content type says
 * so, otherwise a document. Anything else is lines if a stream was requested, so that a text that is no answer is noticed; otherwise the
 * content type decides. Not thread-safe.
 */
public final class FramingDetector {

    private static final List<byte[]> EVENT_FIELDS =
            List.of(bytes(":"), bytes("data:"), bytes("event:"), bytes("id:"), bytes("retry:"), bytes("error:"));
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MOST_BLANKS = 64 * 1024;

    private final Framing declared;
    private final boolean stream;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(); // until the framing is known
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
    }

    /** Adds the next bytes and returns whether the framing is known now. */
    public boolean add(byte[] buffer, int offset, int length) {
        received.write(buffer, offset, length);
        byte[] bytes = received.toByteArray();
        int start = firstContent(bytes);
        if (start < bytes.length && !isPartOfByteOrderMark(bytes)) {
            detected = bytes[start] == '{' || bytes[start] == '[' ? ofJson() : ofText(bytes, start);
        } else if (bytes.length > MOST_BLANKS) {
            detected = expected();
        }
        return detected != null;
    }

    /** Returns the framing as far as it is known: that which the head suggests until the first bytes show another one. */
    public Framing framing() {
        return detected == null ? expected() : detected;
    }

    /** Returns a copy of the bytes added. */
    public byte[] received() {
        return received.toByteArray();
    }

    private Framing expected() {
        return stream && declared == Framing.DOCUMENT ? Framing.LINES : declared;
    }

    private Framing ofJson() {
        return stream || declared == Framing.LINES ? Framing.LINES : Framing.DOCUMENT;
    }

    /** Returns null while the bytes may still become the name of a field. */
    private @Nullable Framing ofText(byte[] bytes, int start) {
        boolean mayBeField = false;
        for (byte[] field : EVENT_FIELDS) {
            int length = Math.min(field.length, bytes.length - start);
            if (Arrays.equals(bytes, start, start + length, field, 0, length)) {
                if (length == field.length) {
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

    private static boolean isPartOfByteOrderMark(byte[] bytes) {
        return bytes.length < 3 && Arrays.equals(bytes, 0, bytes.length, BYTE_ORDER_MARK, 0, bytes.length);
    }

    private static int firstContent(byte[] bytes) {
        int start = bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
        while (start < bytes.length && (bytes[start] == ' ' || bytes[start] == '\t' || bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        return start;
    }

    private static Framing declared(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.replaceFirst("(?s);.*", "").strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" -> Framing.LINES;
            case "text/event-stream" -> Framing.EVENTS;
            default -> Framing.DOCUMENT;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
