package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ForwardingExchange;
import java.util.function.BiFunction;

/** An answer in progress that holds its permits until its outcome. */
final class PermitHoldingExchange extends ForwardingExchange {

    private final AdmittedAttempt call;
    private final BiFunction<LlmException, AnswerVerdict, HealthSignal> signalOf;

    PermitHoldingExchange(Exchange delegate, AdmittedAttempt call, BiFunction<LlmException, AnswerVerdict, HealthSignal> signalOf) {
        super(delegate);
        this.call = call;
        this.signalOf = signalOf;
    }

    @Override
    protected void ended(ExchangeOutcome outcome) {
        switch (outcome) {
            case ExchangeOutcome.Complete complete -> call.end(); // what the answer says is known elsewhere
            case ExchangeOutcome.Failed(LlmException reason) -> call.end(signalOf.apply(reason, verdict()));
            case ExchangeOutcome.Cancelled cancelled -> call.end(HealthSignal.NEUTRAL);
        }
    }

    /** A document may be rejected after it was complete. */
    @Override
    public void reject(LlmException reason) {
        try {
            super.reject(reason);
        } finally {
            call.record(signalOf.apply(reason, verdict()));
        }
    }
}
