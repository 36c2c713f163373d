package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An attempt that was admitted: it reports its outcome to the circuits and releases its permits, once. Thread-safe. */
final class AdmittedAttempt {

    private final Permits server;
    private final @Nullable Permits model;
    private final Queue<Cancellation.Registration> watches = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    AdmittedAttempt(Permits server, @Nullable Permits model) {
        this.server = server;
        this.model = model;
    }

    /**
     * Ends the attempt with a neutral outcome as soon as its caller cancels or its deadline passes: the answer may have no reader
     * any more, and an attempt may be slow to stop.
     */
    void endWith(CallContext context, TimeSource.Scheduler scheduler) {
        keep(context.cancellation().onCancel(() -> end(HealthSignal.NEUTRAL)));
        Deadline deadline = context.deadline();
        if (deadline != null) {
            keep(scheduler.schedule(deadline.remaining(), () -> end(HealthSignal.NEUTRAL)));
        }
    }

    private void keep(Cancellation.Registration watch) {
        watches.add(watch);
        if (ended.get()) {
            closeWatches();
        }
    }

    private void closeWatches() {
        for (Cancellation.Registration watch = watches.poll(); watch != null; watch = watches.poll()) {
            watch.close();
        }
    }

    /** Records the health signal of the attempt, which may continue. */
    void record(HealthSignal signal) {
        server.permit().record(signal.ofServer());
        if (model != null) {
            model.permit().record(signal.ofModel());
        }
    }

    /** Releases the permits. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            server.calls().release();
            if (model != null) {
                model.calls().release();
            }
            closeWatches();
        }
    }

    /** Records the outcome and releases the permits; an earlier outcome stays. */
    void end(HealthSignal signal) {
        record(signal);
        end();
    }

    /**
     * The permits of one circuit that an attempt holds.
     *
     * @param permit the permit of the circuit
     * @param calls where the attempt is counted
     */
    record Permits(EpochCircuitBreaker.CircuitPermit permit, CallPermits calls) {}
}
