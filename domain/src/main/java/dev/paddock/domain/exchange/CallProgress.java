package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

/**
 * How far a call had proceeded when it failed; a retry depends on it.
 *
 * @param phase the phase in which it failed
 * @param bytesWritten how many bytes of the body had been handed to the connection, or -1 when the transport does not report it
 * @param bytesToWrite how many bytes the body has, or -1 when that no longer matters
 * @param responseStarted whether any byte of the response had arrived
 * @param connectionReused whether the connection had served a request before; false when there was none
 */
public record CallProgress(
        CallPhase phase, long bytesWritten, long bytesToWrite, boolean responseStarted, boolean connectionReused) {

    /** Nothing was sent: the call was waiting for a connection. */
    public static final CallProgress NOT_CONNECTED = new CallProgress(CallPhase.LEASE, 0, 0, false, false);

    public CallProgress {
        requireNonNull(phase, "phase");
    }

    /** Returns the progress of a call that had sent nothing yet. */
    public static CallProgress nothingSent(CallPhase phase) {
        return new CallProgress(phase, 0, 0, false, false);
    }

    /** Returns the same progress, with the phase that is to be named for it. */
    public CallProgress withPhase(CallPhase newPhase) {
        return new CallProgress(newPhase, bytesWritten, bytesToWrite, responseStarted, connectionReused);
    }
}
