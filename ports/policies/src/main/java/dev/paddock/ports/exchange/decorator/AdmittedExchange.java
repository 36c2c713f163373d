package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An answer that holds a slot until its end, knows how long its call waited, and when it was read last. Thread-safe. */
final class AdmittedExchange extends ForwardingExchange {

    private final AdmittedCall call;
    private final AdmissionControl control;
    private final AtomicReference<Cancellation.@Nullable Registration> registration = new AtomicReference<>();
    private volatile boolean ended;
    private volatile boolean isRead; // by a thread, now
    private volatile long readAt;
    private volatile @Nullable AdmittedHead head;

    AdmittedExchange(Exchange delegate, AdmittedCall call, AdmissionControl control) {
        super(delegate);
        this.call = call;
        this.control = control;
        this.readAt = control.now();
    }

    /** Ends the answer when it is cancelled, even if it has no reader any more: its slot would not be given back. */
    void closeOn(Cancellation cancellation) {
        control.hold(this);
        registration.set(cancellation.onCancel(this::close));
        if (ended) {
            forget();
        }
    }

    /** Returns whether no thread has read the answer for the given time. */
    boolean isUnread(long now, long nanos) {
        return !isRead && now - readAt > nanos;
    }

    private void forget() {
        control.forget(this);
        Cancellation.Registration registered = registration.getAndSet(null);
        if (registered != null) {
            registered.close();
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // comparing the fields would cost as much as a new head
    public ExchangeHead head() {
        ExchangeHead answered = super.head(); // another one when the first frame has shown another framing
        AdmittedHead known = head;
        if (known == null || known.answered() != answered) {
            known = new AdmittedHead(answered, answered.withProvenance(answered.provenance().withQueuedForAdmission(call.waited())));
            head = known;
        }
        return known.shown();
    }

    @Override
    public @Nullable Frame next() {
        isRead = true;
        try {
            return super.next();
        } finally {
            pause();
        }
    }

    @Override
    public void forward(FrameSink sink, ForwardEnd end) {
        isRead = true;
        super.forward(sink, failure -> {
            pause();
            end.ended(failure);
        });
    }

    private void pause() {
        readAt = control.now();
        isRead = false;
    }

    @Override
    protected void ended(ExchangeOutcome outcome) {
        ended = true;
        forget();
        call.end(outcome instanceof ExchangeOutcome.Complete && !verdict().isError());
    }

    /** The head of the answer, and the same with the wait. */
    private record AdmittedHead(ExchangeHead answered, ExchangeHead shown) {}
}
