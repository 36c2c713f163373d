package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a deadline to calls whose caller set none; a deadline of the caller's own stays as it is.
 *
 * <p>Placed outside the retries it limits the whole call, placed inside them it would limit each attempt. Thread-safe.
 */
public final class DeadlineExchangePort implements ExchangePort {

    private final ExchangePort delegate;
    private final @Nullable Duration limit;
    private final Ticker ticker;

    /**
     * Creates the decorator of the given port.
     *
     * @param limit how long a call may take, its last frame included, or null for no limit
     */
    public DeadlineExchangePort(ExchangePort delegate, @Nullable Duration limit, Ticker ticker) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.limit = limit;
        this.ticker = requireNonNull(ticker, "ticker");
    }

    /** Returns the decorator for {@link Stage#DEADLINE}; the limit may be null, which means none. */
    public static ExchangeDecorator decorator(@Nullable Duration limit, Ticker ticker) {
        return ExchangeDecorator.of(Stage.DEADLINE, delegate -> new DeadlineExchangePort(delegate, limit, ticker));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        return delegate.open(request, limited(context));
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        delegate.begin(request, limited(context), end);
    }

    private CallContext limited(CallContext context) {
        return limit == null || context.deadline() != null ? context : context.withDeadline(Deadline.after(limit, ticker));
    }
}
