package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.domain.exchange.Cancellation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures a server under a load.
 *
 * <p>Each mode begins with a warm-up, which is not measured and has a client of its own. The measurement therefore begins with
 * compiled code, a loaded model and no connection. Used by one thread, except for {@link #progress}.
 */
public final class Benchmark {

    private final LoadPlan plan;
    private final BenchTarget target;
    private final Cancellation stop;
    private volatile @Nullable Supplier<LoadProgress> current;

    /**
     * Creates a benchmark.
     *
     * @param plan the load
     * @param target the server
     * @param stop ends the benchmark early; what was measured until then is kept
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

    /** Returns the progress of the requests, or null when none is in progress. Safe for any thread. */
    public @Nullable LoadProgress progress() {
        Supplier<LoadProgress> progress = current;
        return progress == null ? null : progress.get();
    }

    private ModeResult run(Mode mode, LoadPlan load) {
        Long before = target.connectionsAccepted();
        ModeCalls calls = ModeCalls.of(mode, target, new BenchCall(load.workload()));
        long start = System.nanoTime();
        LoadRecorder recorder = new LoadRecorder(load.requestCount(), start);
        current = () -> recorder.progress(load.equals(plan));
        try (calls) {
            new LoadRunner(load, calls, recorder, stop).run(start);
        } finally {
            current = null;
        }
        Long after = target.connectionsAccepted();
        Long accepted = before == null || after == null ? null : Long.valueOf(after - before);
        return recorder.result(mode, calls.connections(accepted));
    }

    /**
     * The progress of a load.
     *
     * @param ended requests that have ended
     * @param failed requests that have failed
     * @param requests all requests of the load
     * @param measured whether the requests are measured; false during the warm-up
     */
    public record LoadProgress(int ended, int failed, int requests, boolean measured) {}
}
