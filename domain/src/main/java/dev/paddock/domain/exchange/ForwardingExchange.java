package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.LlmException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that passes everything on to another one: the base of decorators, which override what they change and learn the
 * outcome by {@link #ended}. As thread-safe as the other exchange.
 */
public abstract class ForwardingExchange implements Exchange {

    private final Exchange delegate;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean terminalSeen; // written by the thread that pulls, read by the one that closes

    /** Creates a decorator of the given exchange. */
    protected ForwardingExchange(Exchange delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /**
     * Called exactly once, by the thread that brought the outcome about, after the other exchange has ended and before the reader
     * learns of it. Closing an answer after its terminal frame completes it. A whole document that was complete may still be
     * {@link #reject rejected} later, which a decorator sees by overriding that method. Does nothing by default.
     *
     * @param outcome how the exchange ended
     */
    protected void ended(ExchangeOutcome outcome) {}

    @Override
    public ExchangeHead head() {
        return delegate.head();
    }

    @Override
    public AnswerVerdict verdict() {
        return delegate.verdict();
    }

    @Override
    public @Nullable Frame next() {
        try {
            Frame frame = delegate.next();
            if (frame == null) {
                end(new ExchangeOutcome.Complete());
            } else if (frame.isTerminal()) {
                terminalSeen = true;
            }
            return frame;
        } catch (CallCancelledException cancelled) {
            end(new ExchangeOutcome.Cancelled());
            throw cancelled;
        } catch (LlmException failure) {
            end(new ExchangeOutcome.Failed(failure));
            throw failure;
        }
    }

    @Override
    public void reject(LlmException reason) {
        try {
            delegate.reject(reason);
        } finally {
            end(new ExchangeOutcome.Failed(reason));
        }
    }

    @Override
    public void close() {
        try {
            delegate.close();
        } finally {
            end(terminalSeen ? new ExchangeOutcome.Complete() : new ExchangeOutcome.Cancelled());
        }
    }

    private void end(ExchangeOutcome outcome) {
        if (ended.compareAndSet(false, true)) {
            ended(outcome);
        }
    }
}
