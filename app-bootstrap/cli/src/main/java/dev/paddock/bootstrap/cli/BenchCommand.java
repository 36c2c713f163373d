package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.bench.BenchResult;
import dev.paddock.bootstrap.bench.Comparison;
import dev.paddock.bootstrap.bench.HtmlReport;
import dev.paddock.bootstrap.bench.LoadPlan;
import dev.paddock.bootstrap.bench.ResultJson;
import dev.paddock.bootstrap.bench.Summary;
import dev.paddock.domain.exchange.Cancellation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a server under a load. */
@Command(
        name = "bench",
        description = "Sends a load to a server and measures what comes of it. Without --url it starts a simulated "
                + "server. Each request is one attempt: nothing is tried again. Ctrl-C ends it early and reports what "
                + "was measured.")
final class BenchCommand implements Callable<Integer> {

    @Mixin private final BenchTargetOptions target = new BenchTargetOptions();
    @Mixin private final BenchOptions load = new BenchOptions();

    @Option(
            names = "--mode",
            paramLabel = "pooled|unpooled|both",
            defaultValue = "pooled",
            description = "One client for all requests, a new one with a new connection for each, or first the one and "
                    + "then the other: ${DEFAULT-VALUE}.")
    private BenchModes modes = BenchModes.POOLED;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the result to a file, as JSON.")
    private @Nullable Path output;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Compare with the result that --output wrote to this file.")
    private @Nullable Path baseline;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with the result and its charts.")
    private @Nullable Path html;

    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    BenchCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Stream.of(output, html).filter(Objects::nonNull).forEach(LocalFiles::requireWritable);
        Summary before = baseline == null ? null : summary(baseline);
        // Whoever waits for the end of the process waits for the report too.
        try (StopSignal signal = StopSignal.listen(Cancellation.create())) {
            BenchResult result = new BenchRun(context, target, load)
                    .run(modes.modes(), plan -> refuseOtherLoad(before, plan), signal.cancellation());
            BenchOutput told = new BenchOutput(result, comparison(before, result));
            write(told);
            if (common.json()) {
                context.terminal().result(told.json());
            } else {
                told.lines().forEach(context.terminal()::result);
            }
            return told.status().code();
        }
    }

    private void write(BenchOutput told) {
        if (output != null) {
            LocalFiles.write(output, told.json() + "\n");
        }
        if (html != null) {
            LocalFiles.write(html, HtmlReport.page(told.result()));
        }
    }

    private Summary summary(Path file) {
        try {
            return Summary.of(LocalFiles.json(file));
        } catch (IllegalArgumentException noResult) {
            throw refused(noResult);
        }
    }

    private void refuseOtherLoad(@Nullable Summary before, LoadPlan plan) {
        try {
            if (before != null) {
                before.requireLoad(plan);
            }
        } catch (IllegalArgumentException otherLoad) {
            throw refused(otherLoad);
        }
    }

    // What was stopped early is compared with nothing.
    private @Nullable Comparison comparison(@Nullable Summary before, BenchResult result) {
        if (before == null || !result.complete()) {
            return null;
        }
        try {
            return Comparison.of(before, Summary.of(ResultJson.toMap(result)));
        } catch (IllegalArgumentException nothingInCommon) {
            throw refused(nothingInCommon);
        }
    }

    private UsageException refused(IllegalArgumentException why) {
        return new UsageException("the baseline " + baseline + " " + why.getMessage());
    }
}
