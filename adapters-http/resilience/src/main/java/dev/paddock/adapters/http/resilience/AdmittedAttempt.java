package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An attempt that was admitted: it tells the circuits what came of it and gives its permits back, once. Thread-safe. */
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
     * Ends the attempt, telling nothing, as soon as its caller cancels or his deadline passes: nobody may be reading the answer
     * then, and an attempt that is told to stop may be slow to do so.
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

    /** Tells what is known of the attempt, which may go on. */
    void record(HealthSignal signal) {
        server.permit().record(signal.ofServer());
        if (model != null) {
            model.permit().record(signal.ofModel());
        }
    }

    /** Gives the permits back: nothing more comes. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            server.calls().release();
            if (model != null) {
                model.calls().release();
            }
            closeWatches();
        }
    }

    /** Tells how the attempt ended; what was told before stands. */
    void end(HealthSignal signal) {
        record(signal);
        end();
    }

    /**
     * What an attempt holds of one circuit.
     *
     * @param permit the permit of the circuit
     * @param calls where the attempt is counted
     */
    record Permits(EpochCircuitBreaker.CircuitPermit permit, CallPermits calls) {}
}
