package dev.paddock.soak;

import java.util.Locale;

/** The kind of a call. */
enum CallKind {
    CHAT_STREAM(true),
    GENERATE_STREAM(true),
    CHAT(true),
    EMBED(false),
    SHOW(false);

    private final boolean generating;

    CallKind(boolean generating) {
        this.generating = generating;
    }

    /** Returns whether the answer is generated; only then can its text be truncated. */
    boolean isGenerating() {
        return generating;
    }

    boolean isStreamed() {
        return this == CHAT_STREAM || this == GENERATE_STREAM;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
