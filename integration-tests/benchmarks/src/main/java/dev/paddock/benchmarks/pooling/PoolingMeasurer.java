package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.benchmarks.Quantiles;
import dev.paddock.benchmarks.pooling.PoolingComparison.PoolingResult;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.run.Benchmark;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.ModelName;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Measures settings. A result in which a call failed, or in which the server did not count the connections that the
 * mode is about, is none.
 */
final class PoolingMeasurer {

    static final int CONCURRENT_CALLERS = 10;

    private static final int FIRST_CALLS = 5;
    private static final int QUICK = 25;
    private static final int WARM_UP = 2;
    private static final Workload QUESTION = Workload.of(WorkloadKind.CHAT, new ModelName("bench"), 16);

    private final int calls;
    private final String transport;

    /**
     * Creates what measures.
     *
     * @param calls how many of each kind where a call waits for something; more where it does not
     * @param transport what makes the connections
     */
    PoolingMeasurer(int calls, String transport) {
        this.calls = calls;
        this.transport = requireNonNull(transport, "transport");
    }

    /** Makes the calls of a setting without keeping what was measured, so that later ones find compiled code. */
    void warmUp(PoolingScenario setting) {
        try (SimulatedServer site = SimulatedServer.start(setting, transport, CONCURRENT_CALLERS)) {
            both(site, calls * QUICK, 1);
            both(site, calls * QUICK, CONCURRENT_CALLERS);
        }
    }

    PoolingResult measure(PoolingScenario setting) {
        int amount = setting.waitsForNothing() ? calls * QUICK : calls;
        try (SimulatedServer site = SimulatedServer.start(setting, transport, CONCURRENT_CALLERS)) {
            double first = Quantiles.median(DoubleStream.generate(() -> firstCall(site)).limit(FIRST_CALLS));
            return new PoolingResult(setting, first, both(site, amount, 1), both(site, amount * CONCURRENT_CALLERS / 2, CONCURRENT_CALLERS));
        }
    }

    private static double firstCall(SimulatedServer site) {
        return PoolingComparison.value(run(site, Mode.POOLED, LoadSize.ofRequests(1, 0, 1), 1), Measure.MAX);
    }

    private static PoolingComparison both(SimulatedServer site, int requests, int callers) {
        LoadSize amount = LoadSize.ofRequests(requests, WARM_UP * callers, 1);
        return new PoolingComparison(run(site, Mode.POOLED, amount, callers), run(site, Mode.UNPOOLED, amount, callers));
    }

    private static ModeResult run(SimulatedServer site, Mode mode, LoadSize amount, int callers) {
        LoadPlan plan = new LoadPlan(TargetKind.SERVER, QUESTION, new LoadRate(callers, null), amount, List.of());
        ModeResult result = new Benchmark(plan, site, Cancellation.create()).measure(mode);
        long connections = requireNonNull(result.connections().accepted(), "the server counts");
        boolean asMeant = mode == Mode.POOLED ? connections <= callers : connections == amount.measured().most();
        if (result.whole().failures() > 0 || !asMeant) {
            throw new IllegalStateException(amount.measured().most() + " calls, " + mode.label() + ", by " + callers
                    + " callers: errors " + result.whole().errors() + ", " + connections + " connections");
        }
        return result;
    }
}
