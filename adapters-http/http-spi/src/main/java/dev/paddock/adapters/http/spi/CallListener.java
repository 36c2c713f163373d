package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.CallPhase;

/**
 * Receives the progress of one call, so that the pool can limit the time of each phase in the same way for every transport. A
 * transport reports only what it can observe. Thread-safe, never blocks, never throws.
 */
public interface CallListener {

    /**
     * The call entered a phase: {@link CallPhase#CONNECT} and {@link CallPhase#TLS} only if it opens a connection, then
     * {@link CallPhase#SEND}, then {@link CallPhase#HEAD}. A transport that does not know when its connection is open limits the
     * opening itself, and enters HEAD at once.
     */
    default void phaseStarted(CallPhase phase) {}

    /** A piece of the request's body was handed to the connection. */
    default void bodyPieceSent() {}

    /** Returns a listener that ignores everything. */
    static CallListener none() {
        return new CallListener() {};
    }
}
