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
    private volatile boolean terminalSeen; // written by the thread that delivers, read by the one that closes

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

    /**
     * Returns whether {@link #ended} would need so long now that it would hold up an event loop: a forwarded answer then ends in a thread that
     * may wait. False by default.
     */
    protected boolean isEndLong() {
        return false;
    }

    /**
     * Called for each frame, pulled or forwarded, before the reader gets it; in the thread that delivers it, which may be an event loop.
     * Must not block and must not throw. Does nothing by default.
     */
    protected void passed(Frame frame) {}

    @Override
    public ExchangeHead head() {
        return delegate.head();
    }

    @Override
    public AnswerVerdict verdict() {
        return delegate.verdict();
    }

    @Override
    public boolean isReady() {
        return delegate.isReady();
    }

    @Override
    public @Nullable Frame next() {
        try {
            Frame frame = delegate.next();
            if (frame == null) {
                end(new ExchangeOutcome.Complete());
            } else {
                pass(frame);
            }
            return frame;
        } catch (LlmException failure) {
            throw fail(failure);
        }
    }

    @Override
    public void forward(FrameSink sink, ForwardEnd end) {
        delegate.forward(
                new ObservedSink(sink), failure -> WaitingThread.run(isEndLong(), () -> end.ended(forwarded(failure))));
    }

    private @Nullable Throwable forwarded(@Nullable Throwable failure) {
        try {
            if (failure == null) {
                end(new ExchangeOutcome.Complete());
            } else if (failure instanceof LlmException reason) {
                return fail(reason);
            }
            return failure;
        } catch (RuntimeException | Error defect) {
            return defect; // of the decorator
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

    private void pass(Frame frame) {
        if (frame.isTerminal()) {
            terminalSeen = true;
        }
        passed(frame);
    }

    private LlmException fail(LlmException failure) {
        end(failure instanceof CallCancelledException ? new ExchangeOutcome.Cancelled() : new ExchangeOutcome.Failed(failure));
        return failure;
    }

    private void end(ExchangeOutcome outcome) {
        if (ended.compareAndSet(false, true)) {
            ended(outcome);
        }
    }

    /** Shows each frame to the decorator before the sink gets it. */
    private final class ObservedSink implements FrameSink {

        private final FrameSink sink;

        ObservedSink(FrameSink sink) {
            this.sink = sink;
        }

        @Override
        public boolean accept(Frame frame) {
            pass(frame);
            return sink.accept(frame);
        }

        @Override
        public void flush() {
            sink.flush();
        }

        @Override
        public void whenReady(Runnable resume) {
            sink.whenReady(resume);
        }
    }
}
