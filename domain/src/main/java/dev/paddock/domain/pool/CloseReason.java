package dev.paddock.domain.pool;

import java.util.Locale;

/** Why a connection was closed. */
public enum CloseReason {
    /** It was unused for too long, or another server's connections were preferred to it. */
    IDLE,
    /** It reached its total lifetime, or the keep-alive time that the server announced. */
    EXPIRED,
    /** It was found closed by the server when it was to be used again. */
    STALE,
    /** The exchange left it unusable: cancelled, broken, or not to be reused by the server's word. */
    DISCARDED,
    /** It was an extra connection beyond the limit, closed after its one use. */
    OVERFLOW,
    /** The pool was closed. */
    SHUTDOWN;

    /** Returns the name as it appears in metrics and JSON, for example {@code shutdown}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
