package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.Provenance;
import org.jspecify.annotations.Nullable;

/** An answer whose head says what the cache did. Its frames pass without a look at them. */
final class LabelledExchange implements Exchange {

    private final Exchange delegate;
    private final CacheLabel label;
    private volatile @Nullable LabelledHead last;

    LabelledExchange(Exchange delegate, CacheLabel label) {
        this.delegate = delegate;
        this.label = label;
    }

    /** Readers ask for the head with each frame. */
    @Override
    @SuppressWarnings("ReferenceEquality") // another head is made only when the framing changes with the first frame
    public ExchangeHead head() {
        ExchangeHead received = delegate.head();
        LabelledHead made = last;
        if (made == null || made.received != received) {
            made = new LabelledHead(received, labelled(received));
            last = made;
        }
        return made.labelled;
    }

    @Override
    public @Nullable Frame next() {
        return delegate.next();
    }

    @Override
    public void forward(FrameSink sink, ForwardEnd end) {
        delegate.forward(sink, end);
    }

    @Override
    public AnswerVerdict verdict() {
        return delegate.verdict();
    }

    @Override
    public void reject(LlmException reason) {
        delegate.reject(reason);
    }

    @Override
    public void close() {
        delegate.close();
    }

    private ExchangeHead labelled(ExchangeHead head) {
        boolean isCollapsed = head.provenance().source() == Provenance.Source.COALESCED;
        return new ExchangeHead(
                head.status(), label.addTo(head.headers(), head.isSuccess(), isCollapsed), head.framing(), head.provenance());
    }

    private record LabelledHead(ExchangeHead received, ExchangeHead labelled) {}
}
