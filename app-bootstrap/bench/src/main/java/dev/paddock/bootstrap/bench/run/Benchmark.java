package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.LoadLimit;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.Prompts;
import dev.paddock.bootstrap.bench.load.SessionSource;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.domain.exchange.Cancellation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures a server under a load.
 *
 * <p>Each mode begins with a warm-up, which is not measured and has a client and prompts of its own. The measurement therefore begins with
 * compiled code, a loaded model, no connection and an empty cache. Used by one thread, except for {@link #progress}.
 */
public final class Benchmark {

    private final LoadPlan plan;
    private final BenchTarget target;
    private final LoadClock clock;
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
        this(plan, target, LoadClock.SYSTEM, stop);
    }

    Benchmark(LoadPlan plan, BenchTarget target, LoadClock clock, Cancellation stop) {
        this.plan = requireNonNull(plan, "plan");
        this.target = requireNonNull(target, "target");
        this.clock = requireNonNull(clock, "clock");
        this.stop = requireNonNull(stop, "stop");
    }

    /** Measures one mode. */
    public ModeResult measure(Mode mode) {
        long number = 2L * List.of(Mode.values()).indexOf(mode); // two loads of each mode
        if (!plan.size().warmUp().isNone()) {
            run(mode, plan.ofWarmUp(), number);
        }
        return run(mode, plan, number + 1);
    }

    /** Returns the progress of the requests, or null when none is in progress. Safe for any thread. */
    public @Nullable LoadProgress progress() {
        Supplier<LoadProgress> progress = current;
        return progress == null ? null : progress.get();
    }

    private ModeResult run(Mode mode, LoadPlan load, long number) {
        Long acceptedBefore = target.connectionsAccepted();
        Long receivedBefore = target.requestsReceived();
        Map<String, Long> counted = target.counts();
        ModeCalls calls = new ModeCalls(mode, target);
        // Each load has prompts of its own, so that no mode finds what an earlier one left in the server. Other modes do not change them.
        SessionSource sessions = new SessionSource(load.workload(), load.size().measured().most(), number * Prompts.OF_A_LOAD);
        long start = clock.now();
        LoadRecorder recorder = new LoadRecorder(load, start);
        current = () -> recorder.progress(load.equals(plan));
        try (calls) {
            new LoadRunner(load, sessions, calls, recorder, clock, stop).run(start);
        } finally {
            current = null;
        }
        return recorder.result(
                        mode,
                        calls.connections(
                                difference(acceptedBefore, target.connectionsAccepted()), difference(receivedBefore, target.requestsReceived())))
                .withTargetCounts(increase(counted, target.counts()));
    }

    private static @Nullable Long difference(@Nullable Long before, @Nullable Long after) {
        return before == null || after == null ? null : Long.valueOf(after - before);
    }

    private static Map<String, Long> increase(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> increase = new LinkedHashMap<>();
        after.forEach((name, count) -> increase.put(name, count - before.getOrDefault(name, 0L)));
        return increase;
    }

    /**
     * The progress of a load.
     *
     * @param ended requests that have ended
     * @param failed requests that have failed
     * @param limit the end of the load
     * @param measured whether the requests are measured; false during the warm-up
     */
    public record LoadProgress(int ended, int failed, LoadLimit limit, boolean measured) {}
}
