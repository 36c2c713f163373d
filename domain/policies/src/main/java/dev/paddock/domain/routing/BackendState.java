package dev.paddock.domain.routing;

import java.util.Locale;

/** Whether a server gets calls. */
public enum BackendState {
    /** It gets calls. */
    ACTIVE,
    /** It gets no calls while others can take them, because it does not answer. */
    UNREACHABLE,
    /** It gets no calls for a while, because calls to it fail and calls to others do not. */
    EJECTED,
    /** It gets no calls, because an operator says so; those in progress go on. */
    DRAINED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name in lower case. */
    public String label() {
        return label;
    }
}
