package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.AnswerTimings;
import org.jspecify.annotations.Nullable;

/** An answer of the chosen server, whose end ends the call there. */
final class RoutedExchange extends ForwardingExchange {

    private final RoutedAttempt attempt;
    private final @Nullable AnswerTimings timings;
    private final int attemptsBefore;

    /**
     * Creates it.
     *
     * @param timings reads where its time goes; null when nothing is learned from it
     * @param attemptsBefore attempts at servers that do not have the model
     */
    RoutedExchange(Exchange answer, RoutedAttempt attempt, @Nullable AnswerTimings timings, int attemptsBefore) {
        super(answer);
        this.timings = timings;
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
        if (timings != null) {
            timings.add(frame, super.head().framing());
        }
    }

    @Override
    protected void ended(ExchangeOutcome outcome) {
        attempt.ended(outcome, timings != null && outcome instanceof ExchangeOutcome.Complete ? timings.read() : Timings.UNKNOWN);
    }
}
