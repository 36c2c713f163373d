package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.BenchResult;
import dev.paddock.bootstrap.bench.Benchmark;
import dev.paddock.bootstrap.bench.BenchEnvironment;
import dev.paddock.bootstrap.bench.LoadPlan;
import dev.paddock.bootstrap.bench.Mode;
import dev.paddock.bootstrap.bench.ModeResult;
import dev.paddock.bootstrap.bench.Workload;
import dev.paddock.bootstrap.bench.TargetKind;
import dev.paddock.bootstrap.bench.WorkloadKind;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.ModelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Measures the server that the options name with the load that they describe. */
final class BenchRun {

    private static final String SIMULATED_MODEL = "llama3.2:latest";
    private static final String SIMULATED_EMBEDDING_MODEL = "nomic-embed-text:latest";

    private final CliContext context;
    private final BenchTargetOptions target;
    private final BenchOptions load;

    BenchRun(CliContext context, BenchTargetOptions target, BenchOptions load) {
        this.context = requireNonNull(context, "context");
        this.target = requireNonNull(target, "target");
        this.load = requireNonNull(load, "load");
    }

    /**
     * Measures the given modes one after the other.
     *
     * @param check learns what the load will be before anything is sent; may throw
     * @param stop ends it early
     */
    BenchResult run(List<Mode> modes, Consumer<LoadPlan> check, Cancellation stop) {
        Instant time = Instant.now();
        TargetKind kind = target.kind();
        LoadPlan plan = new LoadPlan(kind, question(kind, stop), load.loadRate(), load.requestCount(kind));
        check.accept(plan);
        try (BenchServer server = open(plan)) {
            List<ModeResult> results = measure(modes, new Benchmark(plan, server, stop), stop);
            boolean complete = results.size() == modes.size()
                    && results.stream().allMatch(result -> isComplete(result, plan));
            String transport = results.isEmpty() ? "" : results.getFirst().connections().transport();
            return new BenchResult(
                    plan, BenchEnvironment.current(VersionProvider.number(), transport, time), results, complete);
        }
    }

    private List<ModeResult> measure(List<Mode> modes, Benchmark benchmark, Cancellation stop) {
        List<ModeResult> results = new ArrayList<>();
        for (Mode mode : modes) {
            if (!stop.isCancelled()) {
                try (BenchProgress progress = BenchProgress.of(context.terminal())) {
                    progress.show(benchmark, mode);
                    results.add(benchmark.measure(mode));
                }
            }
        }
        return results;
    }

    private BenchServer open(LoadPlan plan) {
        int callers = plan.loadRate().callers();
        return plan.target() == TargetKind.SIMULATOR
                ? BenchServer.simulated(target, plan.workload(), callers)
                : BenchServer.existing(context.sessions(), target.overrides(null, callers));
    }

    private Workload question(TargetKind kind, Cancellation stop) {
        WorkloadKind workload = load.workload();
        boolean embeds = workload == WorkloadKind.EMBED;
        if (kind == TargetKind.SIMULATOR) {
            ModelName usual = new ModelName(embeds ? SIMULATED_EMBEDDING_MODEL : SIMULATED_MODEL);
            return new Workload(workload, Objects.requireNonNullElse(target.model().model(), usual), load.tokens());
        }
        Map<String, String> overrides = target.overrides(null, load.loadRate().callers());
        ModelChoice choice = new ModelChoice(context, embeds ? ModelChoice.EMBEDDING : ModelChoice.COMPLETION);
        try (Session session = context.sessions().open(overrides)) {
            ModelName model = choice.choose(new ActiveSession(session, stop, null), target.model());
            return new Workload(workload, model, load.tokens());
        }
    }

    private static boolean isComplete(ModeResult result, LoadPlan plan) {
        return result.measured().whole().requests() == plan.requestCount().requests();
    }
}
