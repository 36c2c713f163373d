package dev.paddock.soak;

import java.util.Locale;

/** What a call asks for. */
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

    /** Tells whether the answer is generated: only then is there a text to break off. */
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
