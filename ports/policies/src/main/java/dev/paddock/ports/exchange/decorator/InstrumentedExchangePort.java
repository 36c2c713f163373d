package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ObservedExchange;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.function.Consumer;

/**
 * Counts and times every exchange: calls by outcome, errors by kind, duration, time to the first frame, calls in progress.
 *
 * <p>Several of them may measure into one port: their calls in progress add up, as their counts do.
 *
 * <p>Placed outside the retries it measures what the caller experiences; placed inside them it would measure attempts.
 * Thread-safe.
 */
public final class InstrumentedExchangePort implements ExchangePort {

    private final ExchangePort delegate;
    private final MetricsPort metrics;
    private final Ticker ticker;

    /** Creates the decorator of the given port. */
    public InstrumentedExchangePort(ExchangePort delegate, MetricsPort metrics, Ticker ticker) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.metrics = requireNonNull(metrics, "metrics");
        this.ticker = requireNonNull(ticker, "ticker");
        metrics.adjust(CallMetrics.IN_FLIGHT.with(), 0); // so that the number is there before the first call
    }

    /** Returns the decorator for {@link Stage#MEASURE}. */
    public static ExchangeDecorator decorator(MetricsPort metrics, Ticker ticker) {
        return ExchangeDecorator.of(Stage.MEASURE, delegate -> new InstrumentedExchangePort(delegate, metrics, ticker));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        return ObservedExchange.open(
                () -> delegate.open(request, context), new CallMeasurement(request.operation(), metrics, ticker));
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        CallMeasurement measurement = new CallMeasurement(request.operation(), metrics, ticker);
        Consumer<Settled<Exchange>> measured = opened -> end.accept(Settled.by(() -> ObservedExchange.open(opened::get, measurement)));
        Settled.begin(measured, () -> delegate.begin(request, context, measured));
    }
}
