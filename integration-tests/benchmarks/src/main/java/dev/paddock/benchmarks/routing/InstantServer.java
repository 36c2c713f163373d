package dev.paddock.benchmarks.routing;

import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.ports.exchange.ExchangePort;
import org.jspecify.annotations.Nullable;

/** A server that answers at once, with one frame. */
final class InstantServer implements ExchangePort {

    private static final Frame FRAME = Frame.data(new byte[] {'x', '\n'});

    private final ExchangeHead head;

    InstantServer(String name) {
        this.head = new ExchangeHead(200, Headers.EMPTY, Framing.LINES, Provenance.of(new BackendId(name), 1, true));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        return new InstantAnswer(head);
    }

    private static final class InstantAnswer implements Exchange {

        private final ExchangeHead head;
        private boolean isOver;

        InstantAnswer(ExchangeHead head) {
            this.head = head;
        }

        @Override
        public ExchangeHead head() {
            return head;
        }

        @Override
        public @Nullable Frame next() {
            Frame frame = isOver ? null : FRAME;
            isOver = true;
            return frame;
        }

        @Override
        public AnswerVerdict verdict() {
            return AnswerVerdict.OK;
        }

        @Override
        public void close() {
            isOver = true;
        }
    }
}
