package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;

/**
 * What an attempt reports of the health of its server.
 *
 * @param signal the signal
 * @param reason what failed, for the log of an operator; empty when nothing did
 */
record HealthReport(HealthSignal signal, String reason) {

    /** Reports nothing. */
    static final HealthReport NEUTRAL = new HealthReport(HealthSignal.NEUTRAL, "");

    /** Returns the report of an answer. */
    static HealthReport ofAnswer(ExchangeRequest request, ReadAheadExchange answer) {
        HealthSignal signal = HealthSignal.ofAnswer(request, answer.verdict());
        return new HealthReport(signal, answer.verdict() == AnswerVerdict.UNAVAILABLE ? "status " + answer.head().status() : "");
    }

    /** Returns the report of a failure; after a cancellation the server may fail in any way, which means nothing. */
    static HealthReport ofFailure(ExchangeRequest request, CallContext context, LlmException failure) {
        return context.cancellation().isCancelled()
                ? NEUTRAL
                : new HealthReport(HealthSignal.ofFailure(request, failure), String.valueOf(failure.getMessage()));
    }
}
