package dev.paddock.adapters.http.wire.json;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the frames of one stream that differ from an earlier one in a few texts only, so that no parser need read them. Not
 * thread-safe.
 *
 * @param <A> what was read from a frame
 */
public final class SimilarFrames<A> {

    /** Frames that never resemble each other are not compared for ever. */
    private static final int MOST_TEMPLATES = 64;

    private final String[] fields;
    private @Nullable FrameTemplate template;
    private @Nullable A answer;
    private int templatesLeft = MOST_TEMPLATES;

    /**
     * Creates it for the start of a stream.
     *
     * @param fields the names of the fields whose texts differ from frame to frame, in the order in which frames have them
     */
    public SimilarFrames(String... fields) {
        this.fields = fields.clone();
    }

    /** Returns what was read from an earlier frame that differs from this one in its texts only, or null when there is none. */
    public @Nullable A find(byte[] bytes, int offset, int length) {
        FrameTemplate known = template;
        return known != null && known.matches(bytes, offset, length) ? answer : null;
    }

    /** Returns one of the texts of the frame that was found last. */
    public String text(int field) {
        return requireNonNull(template, "no frame was found").text(field);
    }

    /** Returns such a text where it is gone when the next one is asked for; of other characters than ASCII it has the bytes. */
    public CharSequence characters(int field) {
        return requireNonNull(template, "no frame was found").characters(field);
    }

    /**
     * Takes a frame that a parser has read for those to come. It stays as it was if the frame is no use for that. The bytes are not copied.
     *
     * @param read what was read from it: all of that follows from the frame, and only the texts are allowed to differ
     * @param lastText what was read as the last one of the texts: a field may have the name of another one, at another depth. An empty text
     *     does not tell them apart
     */
    public void learn(byte[] bytes, int offset, int length, A read, String lastText) {
        if (templatesLeft == 0 || lastText.isEmpty()) {
            return;
        }
        templatesLeft--;
        FrameTemplate next = FrameTemplate.of(bytes, offset, length, fields);
        if (next != null && next.text(fields.length - 1).equals(lastText)) {
            template = next;
            answer = read;
        }
    }
}
