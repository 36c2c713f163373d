package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;

/**
 * What an attempt reports of the health of its server.
 *
 * @param signal the signal
 * @param reason the failure, for the log of an operator; empty without one
 */
record HealthReport(HealthSignal signal, String reason) {

    /** Reports nothing. */
    static final HealthReport NEUTRAL = new HealthReport(HealthSignal.NEUTRAL, "");

    /** Returns the report of an answer. */
    static HealthReport ofAnswer(ExchangeRequest request, ReadAheadExchange answer) {
        HealthSignal signal = HealthSignal.ofAnswer(request, answer.verdict());
        return new HealthReport(signal, answer.verdict() == AnswerVerdict.UNAVAILABLE ? "status " + answer.head().status() : "");
    }

    /** Returns the report of a failure; failures after a cancellation say nothing of the server. */
    static HealthReport ofFailure(ExchangeRequest request, CallContext context, LlmException failure) {
        return context.cancellation().isCancelled()
                ? NEUTRAL
                : new HealthReport(HealthSignal.ofFailure(request, failure), String.valueOf(failure.getMessage()));
    }
}
