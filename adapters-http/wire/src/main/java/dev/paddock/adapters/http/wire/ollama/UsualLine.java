package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonCursor;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.generation.Role;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a stream that have only what nearly all of them have: the model, the time, a piece of text or of reasoning, and that the
 * answer is not done. All others are left to the parser, which costs more than half of a stream whose lines are ready at once: the last
 * line, tool calls, any other field, a field twice. Not thread-safe.
 */
final class UsualLine {

    private static final String USUAL_ROLE = Role.ASSISTANT.label();
    private static final byte[] NONE = {};
    private static final int LONGEST = 1 << 20;
    private static final int MODEL = 1;
    private static final int TIME = 2;
    private static final int DONE = 4;
    private static final int MESSAGE = 8;
    private static final int ROLE = 16;
    private static final int TEXT = 32;
    private static final int THINKING = 64;

    private final boolean inMessage;
    private String model = "";
    private @Nullable Instant createdAt;
    private String text = "";
    private String thinking = "";
    private int seen; // the fields of the line so far
    private byte[] before = NONE; // a line whose fields most lines repeat, empty when there is none; all of the next are about it
    private String modelBefore = "";
    private int timeStart;
    private int timeEnd;
    private int textStart;
    private int textEnd;

    /**
     * Creates a reader of the lines of one answer.
     *
     * @param inMessage whether the text is in a message, as that of a chat
     */
    UsualLine(boolean inMessage) {
        this.inMessage = inMessage;
    }

    /**
     * Reads a line and returns true, or returns false if it is unusual: then the other methods say nothing about it.
     *
     * @param likelyModel the model of the line before, which is probably that of this line too
     */
    boolean read(byte[] bytes, int offset, int length, String likelyModel) {
        if (before.length > 0 && isLikeTheOneBefore(new JsonCursor(bytes, offset, length))) {
            return true;
        }
        boolean isUsual = readAny(bytes, offset, length, likelyModel);
        boolean canBeRepeated = isUsual && (seen & (TIME | TEXT | THINKING)) == (TIME | TEXT) && timeEnd <= textStart;
        before = canBeRepeated ? Arrays.copyOfRange(bytes, offset, offset + length) : NONE;
        modelBefore = model;
        timeStart -= offset;
        timeEnd -= offset;
        textStart -= offset;
        textEnd -= offset;
        return isUsual;
    }

    /** Reads a line that differs from the one before in its time and its text only: the rest is compared, which takes less than to read it. */
    private boolean isLikeTheOneBefore(JsonCursor json) {
        if (!json.isNext(before, 0, timeStart) || !readTime(json) || !json.isNext(before, timeEnd, textStart) || !readText(json)) {
            return false;
        }
        model = modelBefore;
        thinking = "";
        return json.isNext(before, textEnd, before.length) && json.next() < 0;
    }

    private boolean readAny(byte[] bytes, int offset, int length, String likelyModel) {
        model = "";
        createdAt = null;
        text = "";
        thinking = "";
        seen = 0;
        if (length > LONGEST) {
            return false;
        }
        JsonCursor json = new JsonCursor(bytes, offset, length);
        return json.next() == '{' && readFields(json, false, likelyModel) && json.next() < 0;
    }

    String model() {
        return model;
    }

    @Nullable Instant createdAt() {
        return createdAt;
    }

    String text() {
        return text;
    }

    String thinking() {
        return thinking;
    }

    private boolean readFields(JsonCursor json, boolean ofMessage, String likelyModel) {
        int next = ',';
        while (next == ',') {
            String name = json.next() == '"' ? json.name() : null;
            if (name == null || json.next() != ':') {
                return false;
            }
            int first = json.next();
            boolean isRead = ofMessage ? readPart(name, first, json) : readField(name, first, json, likelyModel);
            next = isRead ? json.next() : -1;
        }
        return next == '}';
    }

    private boolean readField(String name, int first, JsonCursor json, String likelyModel) {
        return switch (name) {
            case "model" -> isNew(MODEL) && first == '"' && readModel(json, likelyModel);
            case "created_at" -> isNew(TIME) && first == '"' && isTimeFound(json);
            case "done" -> isNew(DONE) && first == 'f' && json.isWord("alse");
            case "message" -> inMessage && isNew(MESSAGE) && first == '{' && readFields(json, true, "");
            case "response" -> !inMessage && isNew(TEXT) && first == '"' && isTextFound(json);
            case "thinking" -> !inMessage && isNew(THINKING) && first == '"' && readThinking(json);
            default -> false;
        };
    }

    private boolean readPart(String name, int first, JsonCursor json) {
        return first == '"' && switch (name) {
            case "role" -> isNew(ROLE) && USUAL_ROLE.equals(json.text(USUAL_ROLE));
            case "content" -> isNew(TEXT) && isTextFound(json);
            case "thinking" -> isNew(THINKING) && readThinking(json);
            default -> false;
        };
    }

    private boolean isNew(int field) {
        boolean isNew = (seen & field) == 0;
        seen |= field;
        return isNew;
    }

    private boolean isTimeFound(JsonCursor json) {
        timeStart = json.position();
        boolean isRead = readTime(json);
        timeEnd = json.position();
        return isRead;
    }

    private boolean isTextFound(JsonCursor json) {
        textStart = json.position();
        boolean isRead = readText(json);
        textEnd = json.position();
        return isRead;
    }

    private boolean readModel(JsonCursor json, String likelyModel) {
        String read = json.text(likelyModel);
        model = read == null ? "" : read;
        return read != null;
    }

    private boolean readTime(JsonCursor json) {
        String read = json.text();
        createdAt = read == null ? null : WireValues.timestamp(read);
        return read != null;
    }

    private boolean readText(JsonCursor json) {
        String read = json.text();
        text = read == null ? "" : read;
        return read != null;
    }

    private boolean readThinking(JsonCursor json) {
        String read = json.text();
        thinking = read == null ? "" : read;
        return read != null;
    }
}
