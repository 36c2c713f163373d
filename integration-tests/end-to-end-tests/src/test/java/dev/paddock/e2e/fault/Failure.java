package dev.paddock.e2e.fault;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallPhase;
import java.util.Locale;

/**
 * How a call failed.
 *
 * @param kind the kind of the exception
 * @param phase the phase that took too long, null for anything but a timeout
 */
record Failure(ErrorKind kind, CallPhase phase) {

    static Failure of(LlmException failure) {
        return new Failure(failure.kind(), failure instanceof LlmTimeoutException timeout ? timeout.phase() : null);
    }

    @Override
    public String toString() {
        return phase == null ? kind.label() : kind.label() + " of " + phase.name().toLowerCase(Locale.ROOT);
    }
}
