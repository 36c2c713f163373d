package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Provenance;

/** An answer whose head says what the cache did. */
final class LabelledExchange extends ForwardingExchange {

    private final CacheLabel label;

    LabelledExchange(Exchange delegate, CacheLabel label) {
        super(delegate);
        this.label = label;
    }

    @Override
    public ExchangeHead head() {
        ExchangeHead head = super.head(); // its framing may change with the first frame
        boolean isCollapsed = head.provenance().source() == Provenance.Source.COALESCED;
        return new ExchangeHead(
                head.status(), label.addTo(head.headers(), head.isSuccess(), isCollapsed), head.framing(), head.provenance());
    }
}
