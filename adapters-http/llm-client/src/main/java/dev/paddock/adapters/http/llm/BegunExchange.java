package dev.paddock.adapters.http.llm;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import org.jspecify.annotations.Nullable;

/** An exchange whose first frame with content has been read, and is delivered again. Used by one thread at a time. */
final class BegunExchange extends ForwardingExchange {

    private @Nullable Frame first;

    private BegunExchange(Exchange exchange, Frame first) {
        super(exchange);
        this.first = first;
    }

    /**
     * Returns the exchange of an answer that is labelled as a page but is data.
     *
     * @throws MalformedResponseException if it is a page
     */
    static Exchange withData(Exchange exchange) {
        Frame first = exchange.next();
        while (first != null && !first.hasContent()) {
            first = exchange.next();
        }
        if (first == null || isPage(first)) {
            throw new MalformedResponseException(
                    "the server answered with a page (Content-Type text/html) instead of data",
                    ExchangeCaller.complete(ErrorFacts.NONE, exchange.head()));
        }
        return new BegunExchange(exchange, first);
    }

    @Override
    public @Nullable Frame next() {
        Frame frame = take();
        return frame == null ? super.next() : frame;
    }

    @Override
    public void forward(FrameSink sink, ForwardEnd end) {
        Frame frame = take();
        try {
            if (frame != null) {
                sink.acceptWaiting(frame);
            }
        } catch (RuntimeException | Error refused) {
            end.ended(refused);
            return;
        }
        super.forward(sink, end);
    }

    private @Nullable Frame take() {
        Frame frame = first;
        first = null;
        return frame;
    }

    private static boolean isPage(Frame frame) {
        for (int index = frame.contentOffset(); index < frame.contentOffset() + frame.contentLength(); index++) {
            if (!Character.isWhitespace(frame.bytes()[index])) {
                return frame.bytes()[index] == '<';
            }
        }
        return true;
    }
}
