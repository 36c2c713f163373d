package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;

/** What became of one attempt. */
sealed interface AttemptResult {

    /** Gives up the attempt: another is made. */
    void abandon();

    /** The server answered, be it with an error status. */
    record Answered(ReadAheadExchange exchange) implements AttemptResult {
        @Override
        public void abandon() {
            // The body of a refusal was read to its end if it is small, and then its connection is already given back.
            exchange.close();
        }
    }

    /** No answer, or one that broke before its first frame. */
    record Failed(LlmException failure) implements AttemptResult {
        @Override
        public void abandon() {}
    }

    /** Gives the outcome of the last attempt to the caller. */
    default Exchange deliver(AttemptCount attempts) {
        return switch (this) {
            case Answered answered when attempts.count() > 1 -> new RetriedExchange(answered.exchange(), attempts);
            case Answered answered -> answered.exchange();
            case Failed failed -> {
                attempts.tell(failed.failure());
                throw failed.failure();
            }
        };
    }
}
