package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.admission.AdmissionQueue;
import dev.paddock.domain.exchange.CallContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call that was admitted: it holds a slot until it ends. Thread-safe. */
final class AdmittedCall {

    /** The attribute by which the attempts of a call know its slot. */
    static final CallContext.Key<AdmittedCall> KEY = CallContext.Key.named("admitted call");

    private final AdmissionControl control;
    private final AdmissionQueue<WaitingCall> queue;
    private final Start start;
    private final Duration waited;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean overloaded;

    AdmittedCall(AdmissionControl control, AdmissionQueue<WaitingCall> queue, Start start, Duration waited) {
        this.control = control;
        this.queue = queue;
        this.start = start;
        this.waited = waited;
    }

    /** Returns how long it waited for its slot. */
    Duration waited() {
        return waited;
    }

    /** Takes note of an answer that shows that the server has too much to do. */
    void overloaded() {
        overloaded = true;
        control.overloaded(queue, start);
    }

    /**
     * Gives the slot back, once.
     *
     * @param answered whether the server has answered the call completely and without an error
     */
    void end(boolean answered) {
        if (ended.compareAndSet(false, true)) {
            control.release(queue, start, answered && !overloaded);
        }
    }

    /**
     * The start of a call in its slot.
     *
     * @param caller its caller, or null if it is unknown
     * @param nanos the time by the ticker
     * @param epoch that of the limit
     */
    record Start(@Nullable String caller, long nanos, long epoch) {}
}
