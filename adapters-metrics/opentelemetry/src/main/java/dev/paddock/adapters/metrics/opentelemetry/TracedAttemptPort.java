package dev.paddock.adapters.metrics.opentelemetry;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ObservedExchange;
import dev.paddock.ports.exchange.ExchangePort;
import io.opentelemetry.context.Scope;

/** Makes the span of each attempt of a call that has one, and sends its context. Thread-safe. */
final class TracedAttemptPort implements ExchangePort, AutoCloseable {

    private final ExchangePort delegate;
    private final CallTelemetry telemetry;
    private final OpenSpans open = new OpenSpans();

    TracedAttemptPort(ExchangePort delegate, CallTelemetry telemetry) {
        this.delegate = delegate;
        this.telemetry = telemetry;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        CallTrace call = context.get(CallTrace.KEY);
        if (call == null) {
            return delegate.open(request, context); // a request of Paddock itself, such as one for the state of a server
        }
        AttemptTrace attempt = AttemptTrace.start(telemetry, call, request, context);
        TraceContext.Attempt sent = telemetry.traceContext().inject(attempt.context(), request, context);
        attempt.endWith(open, context.cancellation());
        return ObservedExchange.open(
                () -> {
                    // For what an agent or a library below makes of the request.
                    try (Scope current = attempt.context().makeCurrent()) {
                        requireNonNull(current, "current");
                        return delegate.open(sent.request(), sent.context());
                    }
                },
                attempt);
    }

    /** Ends the spans of attempts that have not ended. */
    @Override
    public void close() {
        open.close();
    }
}
