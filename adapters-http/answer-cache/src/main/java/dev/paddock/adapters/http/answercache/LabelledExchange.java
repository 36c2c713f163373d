package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Provenance;
import org.jspecify.annotations.Nullable;

/** An answer whose head says what the cache did. */
final class LabelledExchange extends ForwardingExchange {

    private final CacheLabel label;
    private volatile @Nullable LabelledHead last;

    LabelledExchange(Exchange delegate, CacheLabel label) {
        super(delegate);
        this.label = label;
    }

    /** Readers ask for the head with each frame. */
    @Override
    @SuppressWarnings("ReferenceEquality") // another head is made only when the framing changes with the first frame
    public ExchangeHead head() {
        ExchangeHead received = super.head();
        LabelledHead made = last;
        if (made == null || made.received != received) {
            made = new LabelledHead(received, labelled(received));
            last = made;
        }
        return made.labelled;
    }

    private ExchangeHead labelled(ExchangeHead head) {
        boolean isCollapsed = head.provenance().source() == Provenance.Source.COALESCED;
        return new ExchangeHead(
                head.status(), label.addTo(head.headers(), head.isSuccess(), isCollapsed), head.framing(), head.provenance());
    }

    private record LabelledHead(ExchangeHead received, ExchangeHead labelled) {}
}
