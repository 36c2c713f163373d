package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.AnswerTimings;
import dev.paddock.domain.routing.RequestTraits;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Learns from each attempt of an admitted call whether the server has too much to do: it refuses, or says that the call waited there for
 * others. Retries hide this from outer stages. Thread-safe.
 */
public final class OverloadExchangePort implements ExchangePort {

    private final ExchangePort delegate;
    private final RequestTraits traits;

    /**
     * Creates the decorator of the given port.
     *
     * @param traits reads where the time of an answer went
     */
    public OverloadExchangePort(ExchangePort delegate, RequestTraits traits) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.traits = requireNonNull(traits, "traits");
    }

    /** Returns the decorator for {@link Stage#ATTEMPT}. */
    public static ExchangeDecorator decorator(RequestTraits traits) {
        requireNonNull(traits, "traits");
        return ExchangeDecorator.of(Stage.ATTEMPT, delegate -> new OverloadExchangePort(delegate, traits));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        AdmittedCall call = context.get(AdmittedCall.KEY);
        Exchange exchange = delegate.open(request, context);
        return call == null ? exchange : new ObservedAttempt(exchange, call, call.isLimitAdaptive() ? new AnswerTimings(traits, request) : null);
    }

    private static final class ObservedAttempt extends ForwardingExchange {

        private final AdmittedCall call;
        private final @Nullable AnswerTimings timings; // null when the limit does not change

        ObservedAttempt(Exchange delegate, AdmittedCall call, @Nullable AnswerTimings timings) {
            super(delegate);
            this.call = call;
            this.timings = timings;
        }

        @Override
        protected void passed(Frame frame) {
            if (timings != null) {
                timings.add(frame, super.head().framing());
            }
        }

        @Override
        protected void ended(ExchangeOutcome outcome) {
            AnswerVerdict verdict = verdict();
            if (verdict == AnswerVerdict.BUSY || verdict == AnswerVerdict.RATE_LIMITED) {
                call.overloaded();
            } else if (timings != null && outcome instanceof ExchangeOutcome.Complete) {
                Timings read = timings.read();
                if (read.queued() != null) {
                    call.queued(read.isQueued());
                }
            }
        }
    }
}
