package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;

/** Learns from each attempt of an admitted call whether the server has too much to do; retries hide this from outer stages. Thread-safe. */
public final class OverloadExchangePort implements ExchangePort {

    private final ExchangePort delegate;

    /** Creates the decorator of the given port. */
    public OverloadExchangePort(ExchangePort delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** Returns the decorator for {@link Stage#ATTEMPT}. */
    public static ExchangeDecorator decorator() {
        return ExchangeDecorator.of(Stage.ATTEMPT, OverloadExchangePort::new);
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        AdmittedCall call = context.get(AdmittedCall.KEY);
        Exchange exchange = delegate.open(request, context);
        return call == null ? exchange : new ObservedAttempt(exchange, call);
    }

    private static final class ObservedAttempt extends ForwardingExchange {

        private final AdmittedCall call;

        ObservedAttempt(Exchange delegate, AdmittedCall call) {
            super(delegate);
            this.call = call;
        }

        @Override
        protected void ended(ExchangeOutcome outcome) {
            AnswerVerdict verdict = verdict();
            if (verdict == AnswerVerdict.BUSY || verdict == AnswerVerdict.RATE_LIMITED) {
                call.overloaded();
            }
        }
    }
}
