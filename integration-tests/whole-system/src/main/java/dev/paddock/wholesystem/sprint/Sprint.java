package dev.paddock.wholesystem.sprint;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.ArrivalProcess.ReplayedArrivals;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.Prompts.LoggedPrompts;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.TokenRange;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.BenchEnvironment;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.run.Benchmark;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.ModelName;
import dev.paddock.wholesystem.ProvingModel;
import dev.paddock.wholesystem.RunningGateway;
import dev.paddock.wholesystem.SimulatedFleet;
import dev.paddock.wholesystem.SimulatedFleet.ServerTraits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the whole system with one layer after the other, under two loads: that of the software from which the claims are, and a realistic
 * one. Each measurement has servers and a gateway of its own, and the same index of documents. Used by one thread.
 */
public final class Sprint {

    private static final List<String> FIXED_QUESTIONS = List.of(
            "What is RAG?", "How does a connection pool work?", "What is a circuit breaker?", "How are embeddings stored?",
            "What happens when the model server is down?");
    private static final int SERVERS = 3;
    private static final int WORDS = 20;
    private static final int PARTS = 5;
    private static final int CONNECTIONS = 64;
    private static final long SEED = 21;

    private final SprintSize size;
    private final SprintQuestions questions;
    private final RunningGateway.Launcher gateways;
    private final @Nullable String store;
    private final Path folder;
    private final Path directory;
    private final ProvingModel model;
    private int started;

    /**
     * Creates a sprint.
     *
     * @param size how large it is
     * @param questions what the realistic load asks
     * @param vectors the embedding model; its vectors are kept
     * @param gateways starts gateways
     * @param store the URL of a store for all layers together, or null without one
     * @param folder the documents
     * @param directory an empty directory for indexes
     */
    public Sprint(
            SprintSize size,
            SprintQuestions questions,
            Function<String, float[]> vectors,
            RunningGateway.Launcher gateways,
            @Nullable String store,
            Path folder,
            Path directory) {
        this.size = requireNonNull(size, "size");
        this.questions = requireNonNull(questions, "questions");
        this.gateways = requireNonNull(gateways, "gateways");
        this.store = store;
        this.folder = requireNonNull(folder, "folder");
        this.directory = requireNonNull(directory, "directory");
        Map<String, String> meanings = questions.meanings();
        Map<String, float[]> known = new ConcurrentHashMap<>();
        this.model = new ProvingModel(
                text -> meanings.getOrDefault(text, text), text -> known.computeIfAbsent(text, vectors), WORDS);
    }

    /** Indexes the documents once for all measurements, and makes the vectors of all questions and answers. */
    public void prepare() throws IOException {
        Stream.concat(questions.meanings().keySet().stream(), FIXED_QUESTIONS.stream())
                .flatMap(text -> Stream.of(text, model.answer(text)))
                .forEach(this::remember);
        ServerTraits idle = new ServerTraits(Duration.ZERO, Duration.ZERO, Duration.ZERO, 2, Duration.ZERO);
        try (SprintSystem system = SprintSystem.start(
                Mode.POOLED, model, List.of(idle), gateways, LayerSettings.documents(folder, template()), null)) {
            system.prepare(0);
        }
    }

    private void remember(String text) {
        float[] unused = model.vectors().apply(text);
    }

    private Path template() {
        return directory.resolve("index");
    }

    /** Measures the load of earlier software in each mode: a warm-up, and then a closed loop of five questions. */
    public BenchResult original(List<Mode> modes, Consumer<ModeResult> progress) throws IOException {
        LoadPlan plan = originalPlan(size.callers(), LoadSize.ofRequests(size.requests(), size.warmUp(), PARTS));
        List<ModeResult> results = new ArrayList<>();
        for (Mode mode : modes) {
            results.add(measureOriginal(mode, plan, size.server(), Map.of()));
            progress.accept(results.getLast());
        }
        return result(plan, results);
    }

    /** Measures the realistic load in each mode. */
    public BenchResult realistic(List<Mode> modes, Consumer<ModeResult> progress) throws IOException {
        QuestionLog log = QuestionLog.of(questions, size.logged(), size.perSecond(), 2, SEED);
        String name = "seed " + SEED + ", " + size.logged() + " questions";
        Workload workload = new Workload(
                WorkloadKind.GENERATE,
                List.of(new ModelName(SimulatedFleet.MODEL), new ModelName(SimulatedFleet.OTHER_MODEL)),
                new LoggedPrompts(log.texts(), name), 0, 1, TokenRange.of(WORDS));
        LoadPlan plan = new LoadPlan(
                TargetKind.GATEWAY,
                workload,
                new LoadRate(CONNECTIONS, new ReplayedArrivals(log.times(), name)),
                LoadSize.ofRequests(size.logged(), 0, PARTS),
                List.of());
        List<ServerTraits> servers = List.of(size.server(), size.server(), size.server().slower(size.slowness()));
        List<ModeResult> results = new ArrayList<>();
        for (Mode mode : modes) {
            try (SprintSystem system = start(mode, servers, Map.of());
                    SprintTarget target = target(system)) {
                system.prepare(size.prepared());
                FaultyDay day = FaultyDay.begin(system, log.length());
                try (day) {
                    results.add(new Benchmark(plan, target, Cancellation.create()).measure(mode));
                }
            }
            progress.accept(results.getLast());
        }
        return result(plan, results);
    }

    /**
     * Measures the load of earlier software in one mode, changed as a claim needs it.
     *
     * @param callers the callers
     * @param requests the requests
     * @param connectionTime what a connection to a server costs
     * @param settings further settings of the gateway
     */
    ModeResult claim(Mode mode, int callers, int requests, Duration connectionTime, Map<String, String> settings) throws IOException {
        LoadPlan plan = originalPlan(callers, LoadSize.ofRequests(requests, size.warmUp(), Math.min(PARTS, requests)));
        return measureOriginal(mode, plan, size.server().withConnectionTime(connectionTime), settings);
    }

    SprintSize size() {
        return size;
    }

    private static LoadPlan originalPlan(int callers, LoadSize load) {
        Workload workload = new Workload(
                WorkloadKind.GENERATE,
                List.of(new ModelName(SimulatedFleet.MODEL)),
                new LoggedPrompts(FIXED_QUESTIONS, "five questions"), 0, 1, TokenRange.of(WORDS));
        return new LoadPlan(TargetKind.GATEWAY, workload, new LoadRate(callers, null), load, List.of());
    }

    private ModeResult measureOriginal(Mode mode, LoadPlan plan, ServerTraits server, Map<String, String> settings) throws IOException {
        try (SprintSystem system = start(mode, Collections.nCopies(SERVERS, server), settings);
                SprintTarget target = target(system)) {
            // A limit of requests would count these, too.
            system.prepare(settings.isEmpty() ? size.prepared() : 0);
            return new Benchmark(plan, target, Cancellation.create()).measure(mode);
        }
    }

    private SprintTarget target(SprintSystem system) {
        return new SprintTarget(system.port(), system.fleet(), model.meanings());
    }

    private SprintSystem start(Mode mode, List<ServerTraits> servers, Map<String, String> further) throws IOException {
        started++;
        Path index = directory.resolve("index-" + started);
        copy(template(), index);
        Map<String, String> settings = new HashMap<>(LayerSettings.documents(folder, index));
        if (store != null) {
            settings.put("paddock.shared-state.prefix", "sprint-" + started + ":");
        }
        settings.putAll(further);
        return SprintSystem.start(mode, model, servers, gateways, settings, store);
    }

    private static BenchResult result(LoadPlan plan, List<ModeResult> modes) {
        return new BenchResult(plan, null, BenchEnvironment.current("whole system", "sockets", Instant.now()), modes, true);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
        }
    }

    private static void copyOne(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
