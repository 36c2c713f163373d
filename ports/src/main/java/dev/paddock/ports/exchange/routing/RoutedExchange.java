package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;

/** An answer of the chosen server, whose end ends the call there. */
final class RoutedExchange extends ForwardingExchange {

    private final RoutedAttempt attempt;
    private final int attemptsBefore;

    /**
     * Creates it.
     *
     * @param attemptsBefore attempts at servers that do not have the model
     */
    RoutedExchange(Exchange answer, RoutedAttempt attempt, int attemptsBefore) {
        super(answer);
        this.attempt = attempt;
        this.attemptsBefore = attemptsBefore;
    }

    @Override
    public ExchangeHead head() {
        ExchangeHead head = super.head();
        return attemptsBefore == 0
                ? head
                : head.withProvenance(head.provenance().withAttempts(head.provenance().attempts() + attemptsBefore));
    }

    @Override
    protected void passed(Frame frame) {
        if (frame.isTerminal()) {
            attempt.terminated(frame);
        }
    }

    @Override
    protected void ended(ExchangeOutcome outcome) {
        attempt.ended(outcome);
    }
}
