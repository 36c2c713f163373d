package dev.paddock.bootstrap.bench;

import org.jspecify.annotations.Nullable;

/** The server that a benchmark measures, and the ways to reach it. Thread-safe. */
public interface BenchTarget {

    /** Opens a client for many calls. */
    BenchClient openPooled();

    /** Opens a client for one call. */
    BenchClient openUnpooled();

    /** Returns how many connections the server has accepted so far, or null when it does not tell. */
    @Nullable Long connectionsAccepted();
}
