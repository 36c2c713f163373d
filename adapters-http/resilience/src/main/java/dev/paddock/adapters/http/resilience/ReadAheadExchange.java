package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * An answer of which so much was read ahead that it is known whether it is one: the first frame of a good answer, or the body
 * of a refusal as far as it is small. What was read is handed out first, untouched.
 */
final class ReadAheadExchange implements Exchange {

    private static final int LONGEST_ERROR = 64 * 1024;

    private final Exchange delegate;
    private final Queue<Frame> held = new ArrayDeque<>(1); // confined to the thread that pulls
    private boolean hasContent; // or is an error
    private int size;
    private boolean complete;
    private @Nullable LlmException brokenBy;
    private volatile boolean closed;

    /** Creates an answer whose head has arrived, and reads nothing. */
    ReadAheadExchange(Exchange delegate) {
        this.delegate = delegate;
        this.hasContent = !delegate.head().isSuccess();
    }

    /**
     * Reads as far ahead as is needed, waiting for it.
     *
     * @throws LlmException if a good answer fails before its first frame; it is closed then
     */
    ReadAheadExchange readWaiting() {
        return read(true);
    }

    /** Reads ahead without waiting: enough, if {@link #isReady()} then. Throws what the other method does. */
    ReadAheadExchange readArrived() {
        return read(false);
    }

    private ReadAheadExchange read(boolean mayWait) {
        try {
            while (isMoreNeeded() && (mayWait || delegate.isReady())) {
                Frame frame = nextOf(delegate);
                if (frame == null) {
                    complete |= brokenBy == null;
                } else {
                    held.add(frame);
                    hasContent |= frame.hasContent();
                    size += frame.bytes().length;
                }
            }
            return this;
        } catch (RuntimeException | Error failure) {
            delegate.close();
            throw failure;
        }
    }

    /** Until there is content, a failure is the failure of the attempt; an error whose body breaks off is an error all the same. */
    private @Nullable Frame nextOf(Exchange answer) {
        if (!hasContent) {
            return answer.next();
        }
        try {
            return answer.next();
        } catch (LlmException broken) {
            brokenBy = broken;
            return null;
        }
    }

    private boolean isMoreNeeded() {
        return !complete && (!hasContent || (delegate.verdict().isError() && brokenBy == null && size <= LONGEST_ERROR));
    }

    /** Also false until enough was read ahead. */
    @Override
    public boolean isReady() {
        return !isMoreNeeded() && (!held.isEmpty() || complete || brokenBy != null || delegate.isReady());
    }

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
        if (closed && !held.isEmpty()) {
            throw new CallCancelledException("the answer was closed before its end", facts());
        }
        Frame frame = held.poll();
        if (frame != null) {
            return frame;
        }
        if (brokenBy != null) {
            throw brokenBy;
        }
        return complete ? null : delegate.next();
    }

    /** What was read ahead has arrived already, so it does not wait for the sink. */
    @Override
    public void forward(FrameSink sink, ForwardEnd end) {
        if (complete || brokenBy != null) {
            end.after(() -> forwardHeld(sink));
            return;
        }
        try {
            forwardHeld(sink);
        } catch (RuntimeException | Error refused) {
            end.ended(refused);
            return;
        }
        delegate.forward(sink, end);
    }

    private void forwardHeld(FrameSink sink) {
        while (!held.isEmpty() || brokenBy != null) {
            Frame frame = next();
            if (frame != null) {
                boolean unused = sink.accept(frame);
                sink.flush();
            }
        }
    }

    @Override
    public void reject(LlmException reason) {
        closed = true;
        delegate.reject(reason);
    }

    @Override
    public void close() {
        closed = true;
        delegate.close();
    }

    private ErrorFacts facts() {
        return ErrorFacts.NONE
                .withStatus(head().status())
                .withBackend(head().provenance().backend())
                .withAttempts(head().provenance().attempts());
    }
}
