package dev.paddock.bootstrap.bench;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;

/**
 * Makes requests and records what became of them.
 *
 * @param calls makes the requests
 * @param recording takes the outcomes; that of a request which was stopped is none
 * @param stop stops all requests
 */
record RecordingCaller(ModeCalls calls, LoadRecorder recording, Cancellation stop) {

    /** Makes the request that was due at the given time, by {@link System#nanoTime}. */
    void call(long due) {
        RequestOutcome outcome = outcome();
        boolean stopped = outcome instanceof RequestOutcome.FailedRequest failed && failed.kind() == ErrorKind.CANCELLED;
        if (!stopped) {
            recording.add(new Sample(due, System.nanoTime(), outcome));
        }
    }

    private RequestOutcome outcome() {
        try {
            return calls.call(CallContext.create().withCancellation(stop));
        } catch (LlmException failed) {
            return new RequestOutcome.FailedRequest(failed.kind());
        }
    }
}
