package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import org.jspecify.annotations.Nullable;

/** Tells a measurement what becomes of an exchange. */
final class InstrumentedExchange implements Exchange {

    private final Exchange delegate;
    private final CallMeasurement measurement;
    private volatile boolean terminalSeen; // written by the thread that pulls, read by whoever closes

    InstrumentedExchange(Exchange delegate, CallMeasurement measurement) {
        this.delegate = delegate;
        this.measurement = measurement;
    }

    @Override
    public ExchangeHead head() {
        return delegate.head();
    }

    @Override
    public @Nullable Frame next() {
        try {
            Frame frame = delegate.next();
            if (frame == null) {
                completed();
            } else {
                measurement.frameArrived(head().status());
                terminalSeen = terminalSeen || frame.isTerminal();
            }
            return frame;
        } catch (LlmException failure) {
            measurement.failed(failure.kind());
            throw failure;
        } catch (RuntimeException | Error defect) {
            measurement.abandoned();
            throw defect;
        }
    }

    /** A document is understood only after its end: what it counts as is decided when its reader closes or rejects it. */
    private void completed() {
        if (head().framing() == Framing.DOCUMENT && head().isSuccess()) {
            measurement.read();
        } else {
            measurement.completed(head().status());
        }
    }

    @Override
    public void reject(LlmException reason) {
        try {
            delegate.reject(reason);
        } finally {
            measurement.failed(reason.kind());
        }
    }

    @Override
    public void close() {
        try {
            delegate.close();
        } finally {
            measurement.closed(head().status(), terminalSeen);
        }
    }
}
