package dev.paddock.adapters.http.wire.json;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text and the reasoning of a message, or of the piece of one that a frame carries.
 *
 * <p>A content is a text, or a list of parts, each of which has text, reasoning or a refusal. A refusal is what the model says, so it is
 * text. Parts without any of them, such as references, are skipped. Not thread-safe.
 */
public final class MessageContent {

    private String text = "";
    private String refusal = ""; // stands before or after the text, and is a part of it
    private String thinking = "";

    /** Creates a content without text and reasoning. */
    public MessageContent() {}

    /** Reads a text, or the parts of a content. */
    public void readText(JsonReader value) throws IOException {
        text = "";
        if (value.isArray()) {
            value.array(part -> readPart(part, false));
        } else {
            text = value.textPiece();
        }
    }

    /** Sets the text, in place of one that was read. */
    public void setText(String newText) {
        text = newText;
    }

    /** Reads the field in which a message has its refusal, beside its content. */
    public void readRefusal(JsonReader value) throws IOException {
        refusal = value.optional().textPiece();
    }

    /** Reads reasoning, a text or parts. It replaces earlier reasoning unless it is empty: some servers send it under two names. */
    public void readThinking(JsonReader value) throws IOException {
        JsonReader optional = value.optional();
        String earlier = thinking;
        thinking = "";
        if (optional.isArray()) {
            optional.array(part -> readPart(part, true));
        } else {
            thinking = optional.textPiece();
        }
        if (thinking.isEmpty()) {
            thinking = earlier;
        }
    }

    /** Returns the text; empty when there is none. */
    public String text() {
        return text.concat(refusal);
    }

    /** Returns the reasoning, or null when there is none. */
    public @Nullable String thinking() {
        return thinking.isEmpty() ? null : thinking;
    }

    /** Returns whether there is neither text nor reasoning. */
    public boolean isEmpty() {
        return text.isEmpty() && refusal.isEmpty() && thinking.isEmpty();
    }

    /**
     * Makes the text and the reasoning well-formed, as the continuation of earlier pieces.
     *
     * @param isLast whether this is the last piece, or the whole message
     */
    public void continueFrom(Pieces earlier, boolean isLast) {
        text = earlier.text.next(text(), isLast);
        refusal = "";
        thinking = earlier.thinking.next(thinking, isLast);
    }

    /** The type of a part may follow its text, so a part is read before it is added. */
    private void readPart(JsonReader part, boolean isReasoning) throws IOException {
        MessageContent content = new MessageContent();
        boolean[] reasoning = {isReasoning};
        part.object((name, value) -> {
            switch (name) {
                case "type" -> reasoning[0] |= isReasoning(value.optional().text());
                case "text", "content" -> content.readText(value);
                case "refusal" -> content.readRefusal(value);
                case "thinking", "reasoning", "reasoning_content", "summary" -> content.readThinking(value);
                default -> value.skip();
            }
        });
        if (reasoning[0]) {
            thinking = thinking.concat(content.thinking).concat(content.text());
        } else {
            thinking = thinking.concat(content.thinking);
            text = text.concat(content.text());
        }
    }

    private static boolean isReasoning(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.contains("thinking") || lower.contains("reasoning");
    }

    /** The pieces of one message so far. Not thread-safe. */
    public static final class Pieces {

        private final WellFormedText text = new WellFormedText();
        private final WellFormedText thinking = new WellFormedText();

        /** Creates the state before the first piece. */
        public Pieces() {}
    }
}
