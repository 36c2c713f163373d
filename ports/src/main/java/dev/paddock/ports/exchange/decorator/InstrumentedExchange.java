package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
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
                measurement.completed(head().status());
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

    @Override
    public void close() {
        try {
            delegate.close();
        } finally {
            measurement.closed(head().status(), terminalSeen);
        }
    }
}
