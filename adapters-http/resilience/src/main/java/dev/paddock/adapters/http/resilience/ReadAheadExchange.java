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
    private final Queue<Frame> held = new ArrayDeque<>(); // confined to the thread that pulls
    private boolean complete;
    private @Nullable LlmException brokenBy;
    private volatile boolean closed;

    private ReadAheadExchange(Exchange delegate) {
        this.delegate = delegate;
        boolean hasContent = !delegate.head().isSuccess();
        while (!hasContent && !complete) {
            Frame frame = delegate.next();
            hold(frame);
            hasContent = frame != null && frame.hasContent();
        }
        if (delegate.verdict().isError()) {
            readError();
        }
    }

    /**
     * Reads ahead in an answer whose head has arrived.
     *
     * @throws LlmException if a good answer fails before its first frame; it is closed then
     */
    static ReadAheadExchange of(Exchange delegate) {
        try {
            return new ReadAheadExchange(delegate);
        } catch (RuntimeException | Error failure) {
            delegate.close();
            throw failure;
        }
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

    /** Reads the body of an error, so that its verdict is final. */
    private void readError() {
        int size = 0;
        try {
            while (!complete && size <= LONGEST_ERROR) {
                Frame frame = delegate.next();
                hold(frame);
                size += frame == null ? 0 : frame.bytes().length;
            }
        } catch (LlmException broken) {
            brokenBy = broken;
        }
    }

    private void hold(@Nullable Frame frame) {
        if (frame == null) {
            complete = true;
        } else {
            held.add(frame);
        }
    }

    private ErrorFacts facts() {
        return ErrorFacts.NONE
                .withStatus(head().status())
                .withBackend(head().provenance().backend())
                .withAttempts(head().provenance().attempts());
    }
}
