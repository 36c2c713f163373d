package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.ports.admission.ModelSlotsPort;
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
    private final ModelSlotsPort slots;
    private final Cancellation closing = Cancellation.create();

    /**
     * Creates the decorator of the given port.
     *
     * @param slots how many calls the servers answer at the same time
     */
    public AdmissionExchangePort(ExchangePort delegate, AdmissionControl control, ModelSlotsPort slots) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.control = requireNonNull(control, "control");
        this.slots = requireNonNull(slots, "slots");
    }

    /** Returns the decorator for {@link Stage#ADMISSION}; it belongs together with {@link OverloadExchangePort}. */
    public static ExchangeDecorator decorator(AdmissionControl control, ModelSlotsPort slots) {
        requireNonNull(control, "control");
        requireNonNull(slots, "slots");
        return ExchangeDecorator.of(Stage.ADMISSION, delegate -> new AdmissionExchangePort(delegate, control, slots));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        if (!request.operation().operationClass().runsModel()) { // lookups and changes of models need no slot
            return delegate.open(request, context);
        }
        AdmittedCall call = control.admit(request, context, closing, slots);
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
