package dev.paddock.bootstrap.cli.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.BenchEnvironment;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.run.Benchmark;
import dev.paddock.bootstrap.bench.run.Benchmark.LoadProgress;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.command.VersionProvider;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.ModelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs a benchmark with the server and the load of the options. */
final class BenchRun {

    private static final String SIMULATED_MODEL = "llama3.2:latest";
    private static final String SIMULATED_EMBEDDING_MODEL = "nomic-embed-text:latest";

    private final CliContext context;
    private final BenchOptions options;

    BenchRun(CliContext context, BenchOptions options) {
        this.context = requireNonNull(context, "context");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Measures the given modes one after the other.
     *
     * @param check is called with the load before anything is sent; may throw
     * @param stop ends the benchmark early
     */
    BenchResult run(List<Mode> modes, Consumer<LoadPlan> check, Cancellation stop) {
        Instant time = Instant.now();
        TargetKind kind = options.target();
        LoadPlan plan = new LoadPlan(kind, workload(kind, stop), options.loadRate(), options.requestCount(kind));
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
                try (BenchProgress progress = new BenchProgress(context.terminal())) {
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
                ? BenchServer.simulated(options, plan.workload(), callers)
                : BenchServer.existing(context.sessions(), options.overrides(null, callers));
    }

    private Workload workload(TargetKind kind, Cancellation stop) {
        WorkloadKind workloadKind = options.workload();
        boolean embeds = workloadKind == WorkloadKind.EMBED;
        if (kind == TargetKind.SIMULATOR) {
            ModelName standard = new ModelName(embeds ? SIMULATED_EMBEDDING_MODEL : SIMULATED_MODEL);
            return new Workload(workloadKind, Objects.requireNonNullElse(options.model().model(), standard), options.tokens());
        }
        Map<String, String> overrides = options.overrides(null, options.loadRate().callers());
        try (Session session = context.sessions().open(overrides).withCalls(stop, null)) {
            ModelName model = options.model()
                    .choose(context, session, embeds ? ModelOption.EMBEDDING : ModelOption.COMPLETION);
            return new Workload(workloadKind, model, options.tokens());
        }
    }

    private static boolean isComplete(ModeResult result, LoadPlan plan) {
        return result.whole().requests() == plan.requestCount().requests();
    }

    /** A line on the terminal with the progress of a mode, until it is closed; nothing without a terminal. */
    private static final class BenchProgress implements AutoCloseable {

        private static final long INTERVAL_MILLIS = 100;

        private final Terminal terminal;
        private final ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

        BenchProgress(Terminal terminal) {
            this.terminal = requireNonNull(terminal, "terminal");
        }

        void show(Benchmark benchmark, Mode mode) {
            if (terminal.traits().error()) {
                var unused = clock.scheduleAtFixedRate(
                        () -> terminal.redraw(mode.label() + ": " + toText(benchmark.progress())),
                        0,
                        INTERVAL_MILLIS,
                        TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void close() {
            clock.shutdownNow();
            clock.close();
            if (terminal.traits().error()) {
                terminal.redraw("");
            }
        }

        private static String toText(@Nullable LoadProgress progress) {
            if (progress == null) {
                return "starting";
            }
            String failed = progress.failed() == 0 ? "" : ", " + progress.failed() + " failed";
            return (progress.measured() ? "" : "warming up, ") + progress.ended() + " of " + progress.requests()
                    + " requests" + failed;
        }
    }
}
