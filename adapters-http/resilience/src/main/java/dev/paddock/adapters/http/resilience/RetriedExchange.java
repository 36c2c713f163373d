package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import org.jspecify.annotations.Nullable;

/** An answer that took more than one attempt, and says so. */
final class RetriedExchange implements Exchange {

    private final Exchange delegate;
    private final AttemptCount attempts;
    private final ExchangeHead head;
    private @Nullable LlmException failure; // confined to the thread that pulls

    RetriedExchange(Exchange delegate, AttemptCount attempts) {
        this.delegate = delegate;
        this.attempts = attempts;
        ExchangeHead ofAttempt = delegate.head();
        this.head = ofAttempt.withProvenance(ofAttempt.provenance().withAttempts(attempts.count()));
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
            return delegate.next();
        } catch (LlmException ofAttempt) {
            failure = attempts.annotate(ofAttempt);
            throw failure;
        }
    }

    @Override
    public void reject(LlmException reason) {
        delegate.reject(reason);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
