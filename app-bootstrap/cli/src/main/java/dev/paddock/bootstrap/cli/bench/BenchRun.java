package dev.paddock.bootstrap.cli.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.ArrivalProcess;
import dev.paddock.bootstrap.bench.load.ArrivalProcess.ReplayedArrivals;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.ServiceLimit;
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
import dev.paddock.bootstrap.cli.command.Version;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.ModelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a benchmark with the server and the load of the options. */
final class BenchRun {

    private static final String SIMULATED_MODEL = "llama3.2:latest";
    private static final String SIMULATED_EMBEDDING_MODEL = "nomic-embed-text:latest";

    private final CliContext context;
    private final BenchOptions options;
    private final WorkloadOptions requests;
    private final ArrivalOptions times;

    BenchRun(CliContext context, BenchOptions options, WorkloadOptions requests, ArrivalOptions times) {
        this.context = requireNonNull(context, "context");
        this.options = requireNonNull(options, "options");
        this.requests = requireNonNull(requests, "requests");
        this.times = requireNonNull(times, "times");
    }

    /**
     * Measures the given modes one after the other.
     *
     * @param limits the times that good requests do not exceed
     * @param check is called with the load before anything is sent; may throw
     * @param stop ends the benchmark early
     */
    BenchResult run(List<Mode> modes, List<ServiceLimit> limits, Consumer<LoadPlan> check, Cancellation stop) {
        Instant time = Instant.now();
        LoadPlan plan = plan(limits, stop);
        check.accept(plan);
        try (BenchServer server = open(plan)) {
            List<ModeResult> results = measure(modes, new Benchmark(plan, server, stop), stop);
            boolean complete = results.size() == modes.size()
                    && results.stream().allMatch(result -> isComplete(result, plan, stop));
            String transport = results.isEmpty() ? "" : results.getFirst().connections().transport();
            return new BenchResult(
                    plan,
                    options.address(),
                    BenchEnvironment.current(Version.number(), transport, time),
                    results,
                    complete);
        }
    }

    private LoadPlan plan(List<ServiceLimit> limits, Cancellation stop) {
        ArrivalProcess arrivals = times.arrivals();
        Integer replayed = arrivals instanceof ReplayedArrivals log ? log.times().size() : null;
        LoadRate rate = new LoadRate(options.concurrency(), arrivals);
        LoadSize size = options.size(replayed);
        Function<List<ModelName>, Workload> workload = requests.read();
        return new LoadPlan(options.target(), workload.apply(models(stop)), rate, size, limits);
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
        return plan.target() == TargetKind.SIMULATOR
                ? BenchServer.simulated(options, plan.workload(), plan.loadRate().callers())
                : BenchServer.existing(context.sessions(), options.overrides(null));
    }

    private List<ModelName> models(Cancellation stop) {
        boolean embeds = requests.kind() == WorkloadKind.EMBED;
        if (!options.models().isEmpty()) {
            return options.models();
        }
        if (options.target() == TargetKind.SIMULATOR) {
            return List.of(new ModelName(embeds ? SIMULATED_EMBEDDING_MODEL : SIMULATED_MODEL));
        }
        try (Session session = context.sessions().open(options.overrides(null)).withCalls(stop, null)) {
            return List.of(ModelOption.chooseUnnamed(
                    context, session, embeds ? ModelOption.EMBEDDING : ModelOption.COMPLETION));
        }
    }

    private static boolean isComplete(ModeResult result, LoadPlan plan, Cancellation stop) {
        Integer requests = plan.size().measured().requests();
        return requests == null ? !stop.isCancelled() : result.whole().requests() == requests;
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
            boolean counts = progress.limit().requests() != null;
            String ended = progress.ended() + (counts ? " of " : " requests, for ") + progress.limit().toText();
            return (progress.measured() ? "" : "warming up, ") + ended + failed;
        }
    }
}
