package dev.paddock.bootstrap.bench;

import java.util.Locale;

/** What each request of a benchmark asks for. */
public enum WorkloadKind {
    /** A completion of a prompt, as one document. */
    GENERATE,
    /** A turn of a conversation, as one document. */
    CHAT,
    /** A turn of a conversation, piece by piece. */
    STREAM,
    /** Vectors of some short texts. */
    EMBED;

    /** Returns the name as users write it, for example {@code chat}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
