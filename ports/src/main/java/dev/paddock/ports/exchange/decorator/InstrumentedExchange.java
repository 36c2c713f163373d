package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import org.jspecify.annotations.Nullable;

/** Reports the frames and the outcome of an exchange to its measurement. */
final class InstrumentedExchange extends ForwardingExchange {

    private final CallMeasurement measurement;

    InstrumentedExchange(Exchange delegate, CallMeasurement measurement) {
        super(delegate);
        this.measurement = measurement;
    }

    @Override
    public @Nullable Frame next() {
        try {
            return super.next();
        } catch (LlmException failure) {
            throw failure;
        } catch (RuntimeException | Error defect) {
            measurement.abandoned();
            throw defect;
        }
    }

    @Override
    protected void passed(Frame frame) {
        measurement.frameArrived(head().isSuccess());
    }

    /** A document is understood only after its end: what it counts as is decided when its reader closes or rejects it. */
    @Override
    protected void ended(ExchangeOutcome outcome) {
        switch (outcome) {
            case ExchangeOutcome.Complete complete when head().framing() == Framing.DOCUMENT && head().isSuccess() ->
                measurement.read();
            case ExchangeOutcome.Complete complete -> measurement.completed(verdict());
            case ExchangeOutcome.Failed(LlmException reason) -> measurement.failed(reason.kind());
            case ExchangeOutcome.Cancelled cancelled -> measurement.cancelled(verdict());
        }
    }

    @Override
    public void reject(LlmException reason) {
        try {
            super.reject(reason);
        } finally {
            measurement.failed(reason.kind());
        }
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            measurement.completed(verdict());
        }
    }
}
