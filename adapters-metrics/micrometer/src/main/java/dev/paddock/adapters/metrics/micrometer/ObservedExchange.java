package dev.paddock.adapters.metrics.micrometer;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;

/** Reports the frames and the outcome of an exchange to its observation. */
final class ObservedExchange extends ForwardingExchange {

    private final CallObservation observation;

    ObservedExchange(Exchange delegate, CallObservation observation) {
        super(delegate);
        this.observation = observation;
        observation.answered(delegate.head().provenance());
    }

    @Override
    protected void passed(Frame frame) {
        observation.frameArrived();
    }

    /** A document is understood only after its end: its reader closes or rejects it then. */
    @Override
    protected void ended(ExchangeOutcome outcome) {
        switch (outcome) {
            case ExchangeOutcome.Complete complete when head().framing() == Framing.DOCUMENT && head().isSuccess() -> {}
            case ExchangeOutcome.Complete complete -> observation.completed(verdict());
            case ExchangeOutcome.Failed(LlmException reason) -> observation.failed(reason);
            case ExchangeOutcome.Cancelled cancelled -> observation.cancelled(verdict());
        }
    }

    @Override
    public void reject(LlmException reason) {
        try {
            super.reject(reason);
        } finally {
            observation.failed(reason);
        }
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            observation.completed(verdict());
        }
    }
}
