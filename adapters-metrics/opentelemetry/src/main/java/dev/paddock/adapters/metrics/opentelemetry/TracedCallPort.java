package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ObservedExchange;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.function.Consumer;

/** Makes the span of each call. Thread-safe. */
final class TracedCallPort implements ExchangePort, AutoCloseable {

    private final ExchangePort delegate;
    private final CallTelemetry telemetry;
    private final OpenSpans open = new OpenSpans();

    TracedCallPort(ExchangePort delegate, CallTelemetry telemetry) {
        this.delegate = delegate;
        this.telemetry = telemetry;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        CallTrace trace = start(request, context);
        return ObservedExchange.open(() -> delegate.open(request, traced(context, trace)), trace);
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        CallTrace trace = start(request, context);
        Consumer<Settled<Exchange>> observed = opened -> end.accept(Settled.by(() -> ObservedExchange.open(opened::get, trace)));
        Settled.begin(observed, () -> delegate.begin(request, traced(context, trace), observed));
    }

    private CallTrace start(ExchangeRequest request, CallContext context) {
        CallTrace trace = new CallTrace(telemetry, request, telemetry.traceContext().parentOf(request, context));
        trace.endWith(open, context.cancellation());
        return trace;
    }

    private static CallContext traced(CallContext context, CallTrace trace) {
        return context.with(CallTrace.KEY, trace).with(CallAttributes.ON_ADMISSION, trace::admitted);
    }

    /** Ends the spans of calls that have not ended. */
    @Override
    public void close() {
        open.close();
    }
}
