package dev.paddock.e2e.fault;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.e2e.fault.Outcome.Seen;
import java.util.Map;

/**
 * What a fault must lead to.
 *
 * @param failure how the call fails if the fault stays, or null if it does no harm
 * @param again what is decided about another attempt
 * @param textReceived the text that the failure keeps
 * @param keepsConnection whether the connection can be used again
 */
record ExpectedOutcome(Failure failure, Again again, String textReceived, boolean keepsConnection) {

    static final int MOST_RETRIES = 2;

    /** The call succeeds at the first attempt. */
    static ExpectedOutcome succeeds() {
        return new ExpectedOutcome(null, Again.NOTHING_TO_DECIDE, "", true);
    }

    /** The call succeeds at the first attempt, but its connection is not used again. */
    static ExpectedOutcome succeedsWithoutReuse() {
        return new ExpectedOutcome(null, Again.NOTHING_TO_DECIDE, "", false);
    }

    /** The call is made again as often as the settings allow. */
    static ExpectedOutcome repeated(ErrorKind failure) {
        return of(failure, Again.REPEATED);
    }

    /** The call is made again, but only once. */
    static ExpectedOutcome repeatedOnce(ErrorKind failure) {
        return of(failure, Again.REPEATED_ONCE);
    }

    /** The call is made again at once and for nothing. */
    static ExpectedOutcome replayed() {
        return of(ErrorKind.CONNECTION_LOST, Again.TRANSPARENT);
    }

    /** The call is not made again because the server may have acted on it. */
    static ExpectedOutcome notSafe(ErrorKind failure) {
        return of(failure, Again.NOT_SAFE);
    }

    /** The call is not made again because it would fail again. */
    static ExpectedOutcome notRetryable(ErrorKind failure) {
        return of(failure, Again.NOT_RETRYABLE);
    }

    /** The call is not made again because the server asks for a longer wait than any call makes. */
    static ExpectedOutcome tooLongToWait(ErrorKind failure) {
        return of(failure, Again.NO_TIME);
    }

    /** The call is not made again because it has its answer, or has had a part of it. */
    static ExpectedOutcome fails(ErrorKind failure) {
        return of(failure, Again.NOTHING_TO_DECIDE);
    }

    /** Returns this with the phase that takes too long. */
    ExpectedOutcome in(CallPhase phase) {
        return new ExpectedOutcome(new Failure(failure.kind(), phase), again, textReceived, keepsConnection);
    }

    /** Returns this with the text that the failure keeps. */
    ExpectedOutcome after(String text) {
        return new ExpectedOutcome(failure, again, text, keepsConnection);
    }

    /** Returns this with a connection that can be used again although the call failed. */
    ExpectedOutcome keepingTheConnection() {
        return new ExpectedOutcome(failure, again, textReceived, true);
    }

    /** Tells whether the fault can happen once only: to an idle connection, of which there is one. */
    boolean isReplayed() {
        return again == Again.TRANSPARENT;
    }

    boolean isRepeated() {
        return again.mostRetries > 0;
    }

    /** Returns what must be seen of a call under this expectation. */
    Outcome outcome(Call call, FaultScenario.Persistence persistence) {
        boolean recovers = failure == null || (isRepeated() && persistence == FaultScenario.Persistence.ONCE);
        if (recovers) {
            int retries = isRepeated() ? 1 : 0;
            boolean idle = isRepeated() || keepsConnection;
            return new Outcome("ok", call.result(), new Seen(1 + retries, again.recovered, "ok", idle ? 1 : 0));
        }
        return new Outcome(
                failure.toString(),
                textReceived,
                new Seen(1 + again.mostRetries, again.failed, failure.kind().label(), keepsConnection ? 1 : 0));
    }

    private static ExpectedOutcome of(ErrorKind failure, Again again) {
        return new ExpectedOutcome(new Failure(failure, null), again, "", false);
    }

    /** Whether a failed attempt is followed by another, and which decisions are counted. */
    private enum Again {
        NOTHING_TO_DECIDE(0, Map.of(), Map.of()),
        NOT_SAFE(0, Map.of(), Map.of("not_safe", 1)),
        NOT_RETRYABLE(0, Map.of(), Map.of("pointless", 1)),
        NO_TIME(0, Map.of(), Map.of("no_time", 1)),
        TRANSPARENT(1, Map.of("transparent", 1), Map.of()),
        REPEATED_ONCE(1, Map.of("granted", 1), Map.of("granted", 1, "exhausted", 1)),
        REPEATED(MOST_RETRIES, Map.of("granted", 1), Map.of("granted", MOST_RETRIES, "exhausted", 1));

        private final int mostRetries;
        private final Map<String, Integer> recovered;
        private final Map<String, Integer> failed;

        Again(int mostRetries, Map<String, Integer> recovered, Map<String, Integer> failed) {
            this.mostRetries = mostRetries;
            this.recovered = recovered;
            this.failed = failed;
        }
    }
}
