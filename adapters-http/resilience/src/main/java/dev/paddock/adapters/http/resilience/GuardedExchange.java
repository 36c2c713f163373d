package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer under way that holds a permit until its outcome. */
final class GuardedExchange implements Exchange {

    private final Exchange delegate;
    private final GuardedCall call;
    private final Function<LlmException, AttemptOutcome> outcomeOf;

    GuardedExchange(Exchange delegate, GuardedCall call, Function<LlmException, AttemptOutcome> outcomeOf) {
        this.delegate = delegate;
        this.call = call;
        this.outcomeOf = outcomeOf;
    }

    @Override
    public ExchangeHead head() {
        return delegate.head();
    }

    @Override
    public @Nullable Frame next() {
        try {
            Frame frame = delegate.next();
            if (frame == null) {
                call.end();
            }
            return frame;
        } catch (LlmException failure) {
            call.end(outcomeOf.apply(failure));
            throw failure;
        }
    }

    @Override
    public void close() {
        try {
            delegate.close();
        } finally {
            call.end(AttemptOutcome.NEUTRAL);
        }
    }
}
