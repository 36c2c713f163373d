package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import org.jspecify.annotations.Nullable;

/** An answer that took more than one attempt: its head and its failure have the number of attempts. */
final class RetriedExchange extends ForwardingExchange {

    private final AttemptCount attempts;
    private final ExchangeHead head;
    private @Nullable LlmException failure; // confined to the thread that pulls

    RetriedExchange(Exchange delegate, AttemptCount attempts) {
        super(delegate);
        this.attempts = attempts;
        this.head = delegate.head()
                .withProvenance(delegate.head().provenance().withAttempts(attempts.count()));
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public @Nullable Frame next() {
        if (failure != null) {
            throw failure;
        }
        try {
            return super.next();
        } catch (LlmException ofAttempt) {
            failure = attempts.annotate(ofAttempt);
            throw failure;
        }
    }
}
