package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** An answer whose first frames, or all of them, were read ahead. As thread-safe as the answer itself. */
final class BufferedExchange implements Exchange {

    private final Exchange delegate;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private int length;

    BufferedExchange(Exchange delegate) {
        this.delegate = delegate;
    }

    /**
     * Reads ahead to the end of the answer, or until as many bytes are exceeded.
     *
     * @return whether the end was reached
     */
    boolean readAhead(int longest) {
        while (length <= longest) {
            Frame frame = delegate.next();
            if (frame == null) {
                return true;
            }
            frames.add(frame);
            length += frame.bytes().length;
        }
        return false;
    }

    /** Returns what was read ahead in one array. */
    byte[] bytes() {
        if (frames.size() == 1) {
            return frames.element().bytes();
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (Frame frame : frames) {
            System.arraycopy(frame.bytes(), 0, bytes, at, frame.bytes().length);
            at += frame.bytes().length;
        }
        return bytes;
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
        Frame frame = frames.poll();
        return frame == null ? delegate.next() : frame;
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public void reject(LlmException reason) {
        delegate.reject(reason);
    }
}
