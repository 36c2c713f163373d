package dev.paddock.benchmarks.sprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.localembeddings.LocalEmbeddingSource;
import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.testsupport.RedisServer;
import dev.paddock.wholesystem.GatewayProcess;
import dev.paddock.wholesystem.LocalGateway;
import dev.paddock.wholesystem.RunningGateway;
import dev.paddock.wholesystem.sprint.Sprint;
import dev.paddock.wholesystem.sprint.SprintQuestions;
import dev.paddock.wholesystem.sprint.SprintQuestions.QuestionPair;
import dev.paddock.wholesystem.sprint.SprintRun;
import dev.paddock.wholesystem.sprint.SprintSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/** The whole system, layer by layer; see {@link Sprint}. */
public final class SprintBenchmark {

    private static final String PAIRS = "dev/paddock/bootstrap/cli/evaluation/pairs.tsv";
    private static final String QUESTIONS = "dev/paddock/benchmarks/documents/questions.tsv";

    private SprintBenchmark() {}

    /** Takes {@code --quick}, {@code --modes LIST} and {@code --results DIR}. */
    public static void main(String... arguments) throws IOException {
        LogManager.getLogManager().reset();
        List<String> options = List.of(arguments);
        boolean isQuick = options.contains("--quick");
        String modes = options.contains("--modes") ? options.get(options.indexOf("--modes") + 1) : "";
        Path results = Path.of(options.contains("--results") ? options.get(options.indexOf("--results") + 1) : "target/sprint");
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        RedisServer store = RedisServer.isInstalled() ? RedisServer.start() : null;
        try (store) {
            out.printf(
                    Locale.ROOT, "%s; load average %.1f at the start; %s.%n%n", BenchmarkMachine.describe(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    store == null ? "without Redis" : "with Redis");
            RunningGateway.Launcher gateways = isQuick ? LocalGateway::start : GatewayProcess::start;
            run(isQuick ? SprintSize.QUICK : SprintSize.FULL, gateways, store == null ? null : store.url(), modes, results, out);
        }
        System.exit(0); // the embedding model has threads of its own
    }

    private static void run(
            SprintSize size, RunningGateway.Launcher gateways, @Nullable String store, String modes, Path results, PrintStream out)
            throws IOException {
        LocalEmbeddingSource model = new LocalEmbeddingSource();
        Sprint sprint = new Sprint(
                size,
                questions(),
                text -> model.embed(text, CallContext.create()).embedding().vector(),
                gateways,
                store,
                Path.of("docs"),
                Files.createTempDirectory("paddock-sprint"));
        List<Mode> measured = SprintRun.LAYERS.stream()
                .filter(mode -> modes.isEmpty() || List.of(modes.split(",", -1)).contains(mode.label()))
                .toList();
        SprintRun run = new SprintRun(sprint, measured, results, out);
        run.run();
        if (modes.isEmpty()) {
            run.runClaims();
        }
        out.println("\nFiles: " + results.toAbsolutePath());
    }

    /** The pairs of the command that evaluates a semantic cache, and the questions about the documentation. */
    private static SprintQuestions questions() throws IOException {
        List<QuestionPair> pairs = rows(PAIRS).stream()
                .map(row -> new QuestionPair(row.get(2), row.get(3), row.getFirst().equals("1")))
                .toList();
        return new SprintQuestions(pairs, rows(QUESTIONS).stream().map(List::getFirst).toList());
    }

    private static List<List<String>> rows(String resource) throws IOException {
        try (InputStream stream = Objects.requireNonNull(
                SprintBenchmark.class.getClassLoader().getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
        }
    }
}
