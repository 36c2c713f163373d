package dev.paddock.bootstrap.cli.bench;

import dev.paddock.adapters.http.gateway.operations.Dashboard;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.comparison.Comparison;
import dev.paddock.bootstrap.bench.comparison.RagBaseline;
import dev.paddock.bootstrap.bench.comparison.Summary;
import dev.paddock.bootstrap.bench.load.ServiceLimit;
import dev.paddock.bootstrap.bench.report.HtmlReport;
import dev.paddock.bootstrap.bench.report.ReportTables;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ResultJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.LocalFiles;
import dev.paddock.bootstrap.cli.terminal.StopSignal;
import dev.paddock.domain.exchange.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a server under a load. */
@Command(
        name = "bench",
        description = "Sends a load to a server and measures it. Without --url it starts a simulated server. Ctrl-C ends it early and "
                + "reports what was measured.")
public final class BenchCommand extends CliCommand {

    private static final String PADDOCK_FORMAT = "paddock";
    private static final String RAG_FORMAT = "ollama-rag";

    @Mixin private final BenchOptions options = new BenchOptions();

    @Mixin private final WorkloadOptions workload = new WorkloadOptions();

    @Mixin private final ArrivalOptions arrivals = new ArrivalOptions();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            split = ",",
            defaultValue = "pooled",
            completionCandidates = BenchModes.class,
            description = "The layers to measure, one after the other, separated by commas: unpooled (a new connection for each request), "
                    + "pooled, and the pool with retries, cache, single-flight or batch, or with all of them: ${DEFAULT-VALUE}.")
    private List<String> modes = List.of("pooled");

    @Mixin private final JudgementOptions judgement = new JudgementOptions();

    @Option(names = "--output", paramLabel = "FILE", description = "Write the result to a file as JSON.")
    private @Nullable Path output;

    @Option(
            names = "--output-format",
            paramLabel = PADDOCK_FORMAT + "|" + RAG_FORMAT,
            defaultValue = PADDOCK_FORMAT,
            description = "The format of that file: ${DEFAULT-VALUE}, or " + RAG_FORMAT + " for the baseline files of that application.")
    private String format = PADDOCK_FORMAT;

    @Option(names = "--html", paramLabel = "FILE", description = "Write an HTML page with the result and its charts.")
    private @Nullable Path html;

    @Override
    protected ExitStatus run() {
        List<Mode> measured = BenchModes.parse(modes);
        requireFormat(measured);
        Stream.of(output, html).filter(Objects::nonNull).forEach(LocalFiles::requireWritable);
        List<ServiceLimit> limits = judgement.limits(workload.kind());
        Summary before = judgement.baseline();
        // The signal is closed last, so that the end of the process waits for the report.
        try (StopSignal signal = StopSignal.listen(Cancellation.create())) {
            BenchResult result = new BenchRun(context(), options, workload, arrivals)
                    .run(measured, limits, plan -> judgement.check(plan, measured, before), signal.cancellation());
            return report(new BenchReport(tables(result, before)));
        }
    }

    private void requireFormat(List<Mode> measured) {
        if (!format.equals(PADDOCK_FORMAT) && !format.equals(RAG_FORMAT)) {
            throw new UsageException("--output-format is " + PADDOCK_FORMAT + " or " + RAG_FORMAT + ", not '" + format + "'");
        }
        if (format.equals(RAG_FORMAT) && (output == null || measured.size() != 1)) {
            throw new UsageException("--output-format " + RAG_FORMAT + " needs --output and a single --mode");
        }
    }

    /** A result that was stopped early is neither compared nor judged. */
    private ReportTables tables(BenchResult result, @Nullable Summary before) {
        if (!result.complete()) {
            return new ReportTables(result, null, List.of());
        }
        Summary now = Summary.of(ResultJson.toMap(result));
        Comparison comparison = judgement.compare(before, now);
        return new ReportTables(result, comparison, judgement.violations(now, before, comparison));
    }

    private ExitStatus report(BenchReport report) {
        try {
            if (common().json()) {
                terminal().result(report.toJson());
            } else {
                report.lines(terminal().width()).forEach(terminal()::result);
            }
        } finally {
            write(report);
        }
        return report.status();
    }

    /** Writes the files. A result that was stopped early is no baseline of {@value #RAG_FORMAT}, where nothing would say so. */
    private void write(BenchReport report) {
        BenchResult result = report.tables().result();
        if (output != null && format.equals(RAG_FORMAT) && !result.complete()) {
            terminal().note("The result was stopped early, so it was not written to " + output + ".");
        } else if (output != null) {
            LocalFiles.write(output, (format.equals(PADDOCK_FORMAT) ? report.toJson() : PlainJson.toText(RagBaseline.toMap(result))) + "\n");
        }
        if (html != null) {
            LocalFiles.write(html, HtmlReport.page(report.tables(), Dashboard.style()));
        }
    }
}
