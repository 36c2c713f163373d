package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.admission.AdmissionQueue;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.ports.admission.AdmissionPort;
import dev.paddock.ports.admission.ModelCapacityPort;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that was admitted: it holds a slot until it ends. Thread-safe. */
final class AdmittedCall {

    /** The attribute by which the attempts of a call know its slot. */
    static final CallContext.Key<AdmittedCall> KEY = CallContext.Key.named("admitted call");

    private final AdmissionControl control;
    private final AdmissionQueue<WaitingCall> queue;
    private final ModelCapacityPort capacity;
    private final Start start;
    private final Duration waited;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean overloaded;

    AdmittedCall(AdmissionControl control, AdmissionQueue<WaitingCall> queue, ModelCapacityPort capacity, Start start, Duration waited) {
        this.control = control;
        this.queue = queue;
        this.capacity = capacity;
        this.start = start;
        this.waited = waited;
    }

    /** Returns how long it waited for its slot. */
    Duration waited() {
        return waited;
    }

    /** Returns the context of the attempts of the call, whose listener learns how long it waited. */
    CallContext attach(CallContext context) {
        Consumer<Duration> listener = context.get(CallAttributes.ON_ADMISSION);
        if (listener != null) {
            listener.accept(waited);
        }
        CallContext attached = context.with(KEY, this);
        return start.backlog() == null ? attached : attached.with(AdmissionPort.BACKLOG, start.backlog());
    }

    /** Returns whether the limit of calls in progress follows what the server shows. */
    boolean isLimitAdaptive() {
        return control.isLimitAdaptive();
    }

    /** Takes note of an answer that shows that the server has too much to do. */
    void overloaded() {
        overloaded = true;
        control.overloaded(queue, start);
    }

    /** Takes note of whether a complete answer says that its call waited at the server for others. */
    void queued(boolean hasWaited) {
        overloaded |= control.queued(queue, start, hasWaited);
    }

    /**
     * Gives the slot back, once.
     *
     * @param answered whether the server has answered the call completely and without an error
     */
    void end(boolean answered) {
        if (ended.compareAndSet(false, true)) {
            control.release(queue, capacity, start, answered && !overloaded);
        }
    }

    /**
     * The start of a call in its slot.
     *
     * @param caller its caller, or null if it is unknown
     * @param nanos the time by the ticker
     * @param epoch that of the limit
     * @param backlog how long a further call would wait, null when none waits or that is not known
     */
    record Start(@Nullable String caller, long nanos, long epoch, @Nullable Duration backlog) {}
}
