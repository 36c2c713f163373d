package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Cancellation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures a server under a load.
 *
 * <p>Each mode begins with requests that are not counted, made by a client of their own: what is measured begins with code that
 * is compiled, a model that is loaded, and no connection. Used by one thread; {@link #progress} by any.
 */
public final class Benchmark {

    private final LoadPlan plan;
    private final BenchTarget target;
    private final Cancellation stop;
    private volatile @Nullable Supplier<Progress> current;

    /**
     * Creates a benchmark.
     *
     * @param plan the load
     * @param target the server
     * @param stop ends it early; what was measured until then remains
     */
    public Benchmark(LoadPlan plan, BenchTarget target, Cancellation stop) {
        this.plan = requireNonNull(plan, "plan");
        this.target = requireNonNull(target, "target");
        this.stop = requireNonNull(stop, "stop");
    }

    /** Measures one mode. */
    public ModeResult measure(Mode mode) {
        if (plan.requestCount().warmUp() > 0) {
            run(mode, plan.ofWarmUp());
        }
        return run(mode, plan);
    }

    /** Returns how far the requests are, or null when none is under way. */
    public @Nullable Progress progress() {
        Supplier<Progress> progress = current;
        return progress == null ? null : progress.get();
    }

    private ModeResult run(Mode mode, LoadPlan load) {
        ConnectionCount count = new ConnectionCount();
        Long before = target.connectionsAccepted();
        LoadRecorder recording;
        try (ModeCalls calls = ModeCalls.of(mode, target, new BenchCall(load.workload()), count)) {
            long start = System.nanoTime();
            LoadRecorder running = new LoadRecorder(load.requestCount(), start);
            recording = running;
            current = () -> running.progress(load.equals(plan));
            new LoadRunner(load, new RecordingCaller(calls, running, stop)).run(start);
        } finally {
            current = null;
        }
        Long after = target.connectionsAccepted();
        Long accepted = before == null || after == null ? null : Long.valueOf(after - before);
        return new ModeResult(mode, recording.measured(), count.withAccepted(accepted));
    }
}
