package dev.paddock.bootstrap.bench.load;

import java.util.Locale;

/** The kind of server that a benchmark measures. Results do not name the server itself. */
public enum TargetKind {
    /** A simulated server in the same process. */
    SIMULATOR,
    /** A server that is already running. */
    SERVER,
    /** A gateway that answers questions from documents, in front of simulated servers. */
    GATEWAY;

    /** Returns the name as it appears in results, for example {@code simulator}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
