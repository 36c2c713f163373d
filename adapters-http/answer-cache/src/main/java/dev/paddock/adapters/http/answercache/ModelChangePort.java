package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.wire.reuse.ModelChanges;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.reuse.ModelChange;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.Set;
import java.util.function.Consumer;

/** Reports requests that may change models to the versions of the models. Thread-safe. */
final class ModelChangePort implements ExchangePort, AutoCloseable {

    private final ExchangePort delegate;
    private final ModelVersions versions;
    private final Cancellation closing;

    /**
     * Creates the port.
     *
     * @param closing is cancelled when the port is closed
     */
    ModelChangePort(ExchangePort delegate, ModelVersions versions, Cancellation closing) {
        this.delegate = delegate;
        this.versions = versions;
        this.closing = closing;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        return ModelChange.isPossible(request) ? openChange(request, context) : delegate.open(request, context);
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        if (ModelChange.isPossible(request)) {
            ExchangePort.super.begin(request, context, end); // changes are rare, and take long
        } else {
            delegate.begin(request, context, end);
        }
    }

    @Override
    public void close() {
        closing.cancel();
    }

    private Exchange openChange(ExchangeRequest request, CallContext context) {
        Set<String> models = ModelChanges.modelsIn(request);
        versions.begin(models);
        try {
            return new ForwardingExchange(delegate.open(request, context)) {
                @Override
                protected void ended(ExchangeOutcome outcome) {
                    versions.end(models);
                }
            };
        } catch (RuntimeException | Error failure) {
            versions.end(models);
            throw failure;
        }
    }
}
