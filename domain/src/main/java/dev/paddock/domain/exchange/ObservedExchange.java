package dev.paddock.domain.exchange;

import dev.paddock.domain.error.LlmException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that reports its frames and its end to an observer. A document is understood only after its end: what it counts as is decided
 * when its reader closes or rejects it.
 */
public final class ObservedExchange extends ForwardingExchange {

    private final ExchangeObserver observer;
    private @Nullable ExchangeHead known; // final, once the first frame has shown the framing; for the thread that delivers

    private ObservedExchange(Exchange delegate, ExchangeObserver observer) {
        super(delegate);
        this.observer = observer;
    }

    /** Opens an exchange and reports what becomes of it, which may be a failure to open it. */
    public static Exchange open(Supplier<Exchange> opening, ExchangeObserver observer) {
        try {
            Exchange exchange = opening.get();
            try {
                observer.opened(exchange.head());
            } catch (RuntimeException | Error defect) {
                exchange.close();
                throw defect;
            }
            return new ObservedExchange(exchange, observer);
        } catch (LlmException failure) {
            observer.failed(failure);
            throw failure;
        } catch (RuntimeException | Error defect) {
            observer.abandoned(defect);
            throw defect;
        }
    }

    @Override
    public @Nullable Frame next() {
        try {
            return super.next();
        } catch (LlmException failure) {
            throw failure;
        } catch (RuntimeException | Error defect) {
            observer.abandoned(defect);
            throw defect;
        }
    }

    @Override
    protected void passed(Frame frame) {
        ExchangeHead head = known == null ? head() : known;
        known = head;
        observer.arrived(frame, head);
    }

    @Override
    protected void ended(ExchangeOutcome outcome) {
        switch (outcome) {
            case ExchangeOutcome.Complete complete when head().framing() == Framing.DOCUMENT && head().isSuccess() -> observer.read();
            case ExchangeOutcome.Complete complete -> observer.completed(verdict());
            case ExchangeOutcome.Failed(LlmException reason) -> observer.failed(reason);
            case ExchangeOutcome.Cancelled cancelled -> observer.cancelled(verdict());
        }
    }

    @Override
    public void reject(LlmException reason) {
        try {
            super.reject(reason);
        } finally {
            observer.failed(reason);
        }
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            observer.completed(verdict());
        }
    }
}
