package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer under way that holds a permit until its outcome. */
final class PermitHoldingExchange implements Exchange {

    private final Exchange delegate;
    private final AdmittedAttempt call;
    private final Function<LlmException, HealthSignal> signalOf;

    PermitHoldingExchange(Exchange delegate, AdmittedAttempt call, Function<LlmException, HealthSignal> signalOf) {
        this.delegate = delegate;
        this.call = call;
        this.signalOf = signalOf;
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
            call.end(signalOf.apply(failure));
            throw failure;
        }
    }

    @Override
    public void reject(LlmException reason) {
        try {
            delegate.reject(reason);
        } finally {
            call.end(signalOf.apply(reason));
        }
    }

    @Override
    public void close() {
        try {
            delegate.close();
        } finally {
            call.end(HealthSignal.NEUTRAL);
        }
    }
}
