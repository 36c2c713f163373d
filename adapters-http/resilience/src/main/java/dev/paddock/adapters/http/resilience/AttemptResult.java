package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;

/** What became of one attempt. */
sealed interface AttemptResult {

    /** Gives up the attempt: another is made. */
    void abandon();

    /** The server answered, be it with an error status. */
    record AnsweredAttempt(ReadAheadExchange exchange) implements AttemptResult {
        @Override
        public void abandon() {
            // The body of a refusal was read to its end if it is small, and then its connection is already given back.
            exchange.close();
        }
    }

    /** No answer, or one that broke before its first frame. */
    record FailedAttempt(LlmException failure) implements AttemptResult {
        @Override
        public void abandon() {}
    }

    /** Gives the outcome of the last attempt to the caller. */
    default Exchange deliver(AttemptCount attempts) {
        return switch (this) {
            case AnsweredAttempt answered when attempts.count() > 1 -> new RetriedExchange(answered.exchange(), attempts);
            case AnsweredAttempt answered -> answered.exchange();
            case FailedAttempt failed -> throw attempts.annotate(failed.failure());
        };
    }
}
