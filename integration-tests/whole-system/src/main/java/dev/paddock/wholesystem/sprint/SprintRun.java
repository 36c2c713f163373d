package dev.paddock.wholesystem.sprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.operations.Dashboard;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.comparison.RagBaseline;
import dev.paddock.bootstrap.bench.report.HtmlReport;
import dev.paddock.bootstrap.bench.report.ReportTables;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ResultJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Runs a sprint: prints tables in Markdown, and writes its results as JSON, as a baseline of ollama-rag, and as
 * pages.
 *
 * @param sprint makes the measurements
 * @param modes the modes, in their order
 * @param results the directory for files
 * @param out receives the tables
 */
public record SprintRun(Sprint sprint, List<Mode> modes, Path results, PrintStream out) {

    /** All modes, one layer after the other. */
    public static final List<Mode> LAYERS = List.of(
            Mode.UNPOOLED, Mode.POOLED, Mode.RETRIES, Mode.CACHE, Mode.SINGLE_FLIGHT, Mode.SEMANTIC_SHADOW, Mode.SEMANTIC_SERVE, Mode.BATCH,
            Mode.ROUTING, Mode.ADMISSION, Mode.ALL);

    public SprintRun {
        requireNonNull(sprint, "sprint");
        modes = List.copyOf(modes);
        requireNonNull(results, "results");
        requireNonNull(out, "out");
    }

    /** Measures both loads. */
    public void run() throws IOException {
        Files.createDirectories(results);
        sprint.prepare();
        out.println("## The load of earlier software\n");
        SprintTables.HEAD.forEach(out::println);
        BenchResult original = sprint.original(modes, this::print);
        write("original", original);
        for (ModeResult mode : original.modes()) {
            BenchResult one = new BenchResult(original.plan(), null, original.environment(), List.of(mode), true);
            String time = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").format(LocalDateTime.now(ZoneId.systemDefault()));
            String name = "baseline_results_" + time + "_" + mode.mode().label() + ".json";
            Files.writeString(results.resolve(name), PlainJson.toText(RagBaseline.toMap(one)) + "\n", UTF_8);
        }
        out.println("\n## The realistic load\n");
        SprintTables.HEAD.forEach(out::println);
        write("realistic", sprint.realistic(modes, this::print));
    }

    /** Measures single claims, and then a name with two addresses, of which the first does not answer. Needs Linux. */
    public void runClaims() throws IOException {
        out.println("\n## Single claims\n");
        new SprintClaims(sprint).tables().forEach(out::println);
        out.println("\n| a name with a dead first address | first call | each later call |\n|---|--:|--:|");
        TwoAddresses.measure(results).forEach(out::println);
    }

    private void print(ModeResult result) {
        out.println(SprintTables.row(result));
    }

    private void write(String name, BenchResult result) throws IOException {
        Files.writeString(results.resolve(name + ".json"), PlainJson.toText(ResultJson.toMap(result)) + "\n", UTF_8);
        Files.writeString(
                results.resolve(name + ".html"), HtmlReport.page(new ReportTables(result, null, List.of()), Dashboard.style()), UTF_8);
    }
}
