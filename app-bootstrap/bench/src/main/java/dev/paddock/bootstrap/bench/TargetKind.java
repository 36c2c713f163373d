package dev.paddock.bootstrap.bench;

import java.util.Locale;

/** What kind of server a benchmark measures; which one it is stays out of its results. */
public enum TargetKind {
    /** A simulated server in the same process. */
    SIMULATOR,
    /** A server that was there before. */
    SERVER;

    /** Returns the name as it appears in results, for example {@code simulator}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
