package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stored answer, given at once. */
final class CachedExchange implements Exchange {

    private final ExchangeHead head;
    private final List<Frame> frames;
    private final CallContext context;
    private int next; // confined to the thread that pulls
    private volatile boolean closed;

    CachedExchange(ExchangeHead head, List<Frame> frames, CallContext context) {
        this.head = head;
        this.frames = frames;
        this.context = context;
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public @Nullable Frame next() {
        if (next == frames.size()) {
            return null;
        }
        if (closed || context.cancellation().isCancelled()) {
            throw new CallCancelledException(
                    "the answer was closed before its end",
                    ErrorFacts.NONE.withStatus(head.status()).withBackend(head.provenance().backend()));
        }
        return frames.get(next++);
    }

    @Override
    public AnswerVerdict verdict() {
        return AnswerVerdict.OK;
    }

    @Override
    public void close() {
        closed = true;
    }
}
