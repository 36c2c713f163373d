package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import org.jspecify.annotations.Nullable;

/** A document that was made of the answers of several servers. */
final class MergedExchange implements Exchange {

    private final ExchangeHead head;
    private final CallContext context;
    private @Nullable Frame document; // confined to the thread that pulls; null once it was pulled
    private volatile boolean closed;

    MergedExchange(ExchangeHead head, byte[] document, CallContext context) {
        this.head = head;
        this.document = Frame.terminal(document);
        this.context = context;
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public AnswerVerdict verdict() {
        return AnswerVerdict.OK;
    }

    @Override
    public @Nullable Frame next() {
        Frame next = document;
        if (next != null && (closed || context.cancellation().isCancelled())) {
            throw new CallCancelledException(
                    "the answer was closed before its end",
                    ErrorFacts.NONE.withStatus(head.status()).withBackend(head.provenance().backend()));
        }
        document = null;
        return next;
    }

    @Override
    public void close() {
        closed = true;
    }
}
