package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.CallPhase;

/**
 * Hears how far one call has come, so that the time of each phase can be limited above the transport, in the same way for every
 * transport. A transport tells what it can observe and leaves out the rest. Thread-safe, never blocks, never throws.
 */
public interface CallListener {

    /**
     * The call entered a phase: {@link CallPhase#CONNECT} and {@link CallPhase#TLS} only if it opens a connection, then
     * {@link CallPhase#SEND}, then {@link CallPhase#HEAD}. A transport that cannot tell when its connection is open limits the
     * opening itself, and enters HEAD at once.
     */
    void phaseStarted(CallPhase phase);

    /** A piece of the request's body was handed to the connection. */
    void bodyPieceSent();

    /** Returns a listener that does not listen. */
    static CallListener none() {
        return NoOpCallListener.INSTANCE;
    }
}
