package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.ports.admission.ModelCapacityPort;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;

/**
 * Lets the calls of one client that run a model wait for admission. A call holds its slot until its answer has ended or was cancelled.
 * Thread-safe.
 */
public final class AdmissionExchangePort implements ExchangePort, AutoCloseable {

    private final ExchangePort delegate;
    private final AdmissionControl control;
    private final ModelCapacityPort capacity;
    private final Cancellation closing = Cancellation.create();

    /**
     * Creates the decorator of the given port.
     *
     * @param capacity what the servers can do
     */
    public AdmissionExchangePort(ExchangePort delegate, AdmissionControl control, ModelCapacityPort capacity) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.control = requireNonNull(control, "control");
        this.capacity = requireNonNull(capacity, "capacity");
    }

    /** Returns the decorator for {@link Stage#ADMISSION}; it belongs together with {@link OverloadExchangePort}. */
    public static ExchangeDecorator decorator(AdmissionControl control, ModelCapacityPort capacity) {
        requireNonNull(control, "control");
        requireNonNull(capacity, "capacity");
        return ExchangeDecorator.of(Stage.ADMISSION, delegate -> new AdmissionExchangePort(delegate, control, capacity));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        if (!request.operation().operationClass().runsModel()) { // lookups and changes of models need no slot
            return delegate.open(request, context);
        }
        AdmittedCall call = control.admit(request, context, closing, capacity);
        Exchange answer;
        try {
            answer = delegate.open(request, call.attach(context));
        } catch (RuntimeException | Error failure) {
            call.end(false);
            throw failure;
        }
        AdmittedExchange admitted = new AdmittedExchange(answer, call, control);
        admitted.closeOn(context.cancellation());
        return admitted;
    }

    /** Ends the waits of this client: those calls fail as closed. Calls in progress go on. */
    @Override
    public void close() {
        closing.cancel();
    }
}
