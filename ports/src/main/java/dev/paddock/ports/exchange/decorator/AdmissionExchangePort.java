package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets the calls of one client that run a model wait for admission. A call holds its slot until its answer has ended or was cancelled.
 * Thread-safe.
 */
public final class AdmissionExchangePort implements ExchangePort, AutoCloseable {

    private final ExchangePort delegate;
    private final AdmissionControl control;
    private final Cancellation closing = Cancellation.create();

    /** Creates the decorator of the given port. */
    public AdmissionExchangePort(ExchangePort delegate, AdmissionControl control) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.control = requireNonNull(control, "control");
    }

    /** Returns the decorator for {@link Stage#ADMISSION}; it belongs together with {@link OverloadExchangePort}. */
    public static ExchangeDecorator decorator(AdmissionControl control) {
        requireNonNull(control, "control");
        return ExchangeDecorator.of(Stage.ADMISSION, delegate -> new AdmissionExchangePort(delegate, control));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        if (!request.operation().operationClass().runsModel()) { // lookups and changes of models need no slot
            return delegate.open(request, context);
        }
        AdmittedCall call = control.admit(request, context, closing);
        Exchange answer;
        try {
            answer = delegate.open(request, context.with(AdmittedCall.KEY, call).with(CallAttributes.QUEUED_FOR_ADMISSION, call.waited()));
        } catch (RuntimeException | Error failure) {
            call.end(false);
            throw failure;
        }
        AdmittedExchange admitted = new AdmittedExchange(answer, call);
        admitted.closeOn(context.cancellation());
        return admitted;
    }

    /** Ends the waits of this client: those calls fail as closed. Calls in progress go on. */
    @Override
    public void close() {
        closing.cancel();
    }

    /** An answer that holds a slot until its end, and knows how long its call waited. */
    private static final class AdmittedExchange extends ForwardingExchange {

        private final AdmittedCall call;
        private final AtomicReference<Cancellation.@Nullable Registration> registration = new AtomicReference<>();
        private volatile boolean ended;

        AdmittedExchange(Exchange delegate, AdmittedCall call) {
            super(delegate);
            this.call = call;
        }

        /** Ends the answer when it is cancelled, even if it has no reader any more: its slot would not be given back. */
        void closeOn(Cancellation cancellation) {
            registration.set(cancellation.onCancel(this::close));
            if (ended) {
                forget();
            }
        }

        private void forget() {
            Cancellation.Registration registered = registration.getAndSet(null);
            if (registered != null) {
                registered.close();
            }
        }

        @Override
        public ExchangeHead head() {
            ExchangeHead head = super.head();
            return head.withProvenance(head.provenance().withQueuedForAdmission(call.waited()));
        }

        @Override
        protected void ended(ExchangeOutcome outcome) {
            ended = true;
            forget();
            call.end(outcome instanceof ExchangeOutcome.Complete && !verdict().isError());
        }
    }
}
