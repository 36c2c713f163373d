package dev.paddock.bootstrap.cli.bench;

import dev.paddock.bootstrap.bench.comparison.Comparison;
import dev.paddock.bootstrap.bench.comparison.Summary;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.report.HtmlReport;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a server under a load. */
@Command(
        name = "bench",
        description = "Sends a load to a server and measures it. Without --url it starts a simulated server. Requests are "
                + "not retried. Ctrl-C ends it early and reports what was measured.")
public final class BenchCommand extends CliCommand {

    @Mixin private final BenchOptions options = new BenchOptions();

    @Option(
            names = "--mode",
            paramLabel = "pooled|unpooled|both",
            defaultValue = "pooled",
            description = "One client for all requests, a new client with a new connection for each request, or one after "
                    + "the other: ${DEFAULT-VALUE}.")
    private BenchModes modes = BenchModes.POOLED;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the result to a file as JSON.")
    private @Nullable Path output;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Compare with a result that --output wrote to this file.")
    private @Nullable Path baseline;

    @Option(names = "--html", paramLabel = "FILE", description = "Write an HTML page with the result and its charts.")
    private @Nullable Path html;

    @Override
    protected ExitStatus run() {
        Stream.of(output, html).filter(Objects::nonNull).forEach(LocalFiles::requireWritable);
        Path file = baseline;
        Summary before = file == null ? null : checked(() -> Summary.of(LocalFiles.json(file)));
        // The signal is closed last, so that the end of the process waits for the report.
        try (StopSignal signal = StopSignal.listen(Cancellation.create())) {
            BenchResult result = new BenchRun(context(), options)
                    .run(modes.modes(), plan -> requireSameLoad(before, plan), signal.cancellation());
            // A result that was stopped early is not compared.
            Comparison comparison = before == null || !result.complete()
                    ? null
                    : checked(() -> Comparison.of(before, Summary.of(ResultJson.toMap(result))));
            return report(new BenchReport(result, comparison));
        }
    }

    private void requireSameLoad(@Nullable Summary before, LoadPlan plan) {
        if (before != null) {
            Summary unused = checked(() -> before.requireLoad(plan));
        }
    }

    private ExitStatus report(BenchReport report) {
        if (output != null) {
            LocalFiles.write(output, report.toJson() + "\n");
        }
        if (html != null) {
            LocalFiles.write(html, HtmlReport.page(report.result()));
        }
        if (common().json()) {
            terminal().result(report.toJson());
        } else {
            report.lines().forEach(terminal()::result);
        }
        return report.status();
    }

    /** Runs a step that may refuse the baseline. */
    private <T> T checked(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException refused) {
            throw new UsageException("the baseline " + baseline + " " + refused.getMessage());
        }
    }

    /** The modes of a benchmark, in the order in which they are measured. */
    enum BenchModes {
        POOLED,
        UNPOOLED,
        BOTH;

        List<Mode> modes() {
            return switch (this) {
                case POOLED -> List.of(Mode.POOLED);
                case UNPOOLED -> List.of(Mode.UNPOOLED);
                case BOTH -> List.of(Mode.POOLED, Mode.UNPOOLED);
            };
        }
    }
}
