package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import org.jspecify.annotations.Nullable;

/** An answer that is in memory as a whole. */
final class MadeExchange implements Exchange {

    private final ExchangeHead head;
    private final Frame document;
    private final AnswerVerdict verdict;
    private final CallContext context;
    private boolean isRead; // confined to the thread that pulls
    private volatile boolean closed;

    MadeExchange(ExchangeHead head, Frame document, AnswerVerdict verdict, CallContext context) {
        this.head = head;
        this.document = document;
        this.verdict = verdict;
        this.context = context;
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public AnswerVerdict verdict() {
        return verdict;
    }

    @Override
    public @Nullable Frame next() {
        if (isRead) {
            return null;
        }
        if (closed || context.cancellation().isCancelled()) {
            throw new CallCancelledException(
                    "the answer was closed before its end",
                    ErrorFacts.NONE.withStatus(head.status()).withBackend(head.provenance().backend()));
        }
        isRead = true;
        return document.bytes().length == 0 ? null : document;
    }

    @Override
    public void close() {
        closed = true;
    }
}
