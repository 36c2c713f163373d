package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was admitted: it reports its outcome to the circuits and releases its permits, once. The outcome is held until it is
 * known whether the call makes another attempt, because a call counts once, whatever the number of its attempts. Thread-safe.
 */
final class AdmittedAttempt {

    private final Permits server;
    private final @Nullable Permits model;
    private final Queue<Cancellation.Registration> watches = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private boolean settled; // guarded by this
    private @Nullable HealthReport held; // guarded by this

    AdmittedAttempt(Permits server, @Nullable Permits model) {
        this.server = server;
        this.model = model;
    }

    /**
     * Ends the attempt with a neutral outcome as soon as its caller cancels or its deadline passes: the answer may have no reader
     * any more, and an attempt may be slow to stop.
     */
    void endWith(CallContext context, TimeSource.Scheduler scheduler) {
        keep(context.cancellation().onCancel(this::discard));
        Deadline deadline = context.deadline();
        if (deadline != null) {
            keep(scheduler.schedule(deadline.remaining(), this::discard));
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

    /** Records what the attempt reports of the health of its server; the attempt may continue. */
    void record(HealthReport report) {
        synchronized (this) {
            if (!settled) {
                held = held == null || held.signal() == HealthSignal.HEALTHY ? report : held;
                return;
            }
        }
        pass(report);
    }

    /** Counts what the attempt has reported and will report: it is the last one of its call. */
    void settle() {
        HealthReport report;
        synchronized (this) {
            settled = true;
            report = held;
            held = null;
        }
        if (report != null) {
            pass(report);
        }
    }

    /** Ends the attempt without a count: its call makes another one, or its caller no longer waits. */
    void discard() {
        synchronized (this) {
            settled = true;
            held = null;
        }
        pass(HealthReport.NEUTRAL);
        end();
    }

    private void pass(HealthReport report) {
        server.permit().record(report.signal().ofServer(), report.reason());
        if (model != null) {
            model.permit().record(report.signal().ofModel(), report.reason());
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
    void end(HealthReport report) {
        record(report);
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
