package dev.paddock.bootstrap.cli.bench;

import dev.paddock.bootstrap.bench.comparison.Comparison;
import dev.paddock.bootstrap.bench.comparison.FailCondition;
import dev.paddock.bootstrap.bench.comparison.Range;
import dev.paddock.bootstrap.bench.comparison.Summary;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.ServiceLimit;
import dev.paddock.bootstrap.bench.load.ServiceLimit.LimitedTime;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.LocalFiles;
import dev.paddock.bootstrap.cli.command.OptionConverters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that judge a benchmark. */
final class JudgementOptions {

    private static final int MIN_PARTS = 4; // see Change

    @Option(names = "--slo", paramLabel = "LIMITS", description = "Times that good requests do not exceed, for example "
            + "ttft=500ms,p95=2s; the names are ttft, between and latency, with _p95 for the share that must be within.")
    private @Nullable String slo;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Compare with a result that --output wrote to this file.")
    private @Nullable Path baseline;

    @Option(names = "--fail-if", paramLabel = "CONDITION", split = ",", description = "Exit with 10 if the condition is true, for example "
            + "p95>+10%% (against the baseline), error_rate>1%%, ttft_p95>500ms; may be repeated.")
    private List<String> failIf = new ArrayList<>();

    @Option(names = "--fail-on-worse", description = "Exit with 10 if a figure is worse than in the baseline by more than the noise.")
    private boolean failOnWorse;

    List<ServiceLimit> limits(WorkloadKind workload) {
        if (slo == null) {
            return List.of();
        }
        try {
            List<ServiceLimit> limits = ServiceLimit.parse(slo, OptionConverters::duration);
            if (workload != WorkloadKind.STREAM && limits.stream().anyMatch(limit -> limit.time() != LimitedTime.LATENCY)) {
                throw new UsageException("--slo: ttft and between need --workload stream");
            }
            return limits;
        } catch (TypeConversionException | IllegalArgumentException malformed) {
            throw new UsageException("--slo: " + malformed.getMessage());
        }
    }

    /** Returns the baseline, or null without one. */
    @Nullable Summary baseline() {
        Path file = baseline;
        return file == null ? null : ofBaseline(() -> Summary.of(LocalFiles.json(file)));
    }

    /** Checks that the options fit the load and the baseline, before anything is sent. */
    void check(LoadPlan plan, List<Mode> modes, @Nullable Summary before) {
        if (before != null) {
            Summary unused = ofBaseline(() -> before.requireLoad(plan));
        }
        if (failOnWorse && before == null) {
            throw new UsageException("--fail-on-worse needs --baseline");
        }
        if (failOnWorse && (plan.size().parts() < MIN_PARTS || (before != null && !before.hasParts()))) {
            throw new UsageException("--fail-on-worse needs at least " + MIN_PARTS
                    + " parts in both results, to know the noise; --fail-if 'p95>+10%' does not");
        }
        conditions().forEach(condition -> check(condition, plan, modes, before));
        if (before != null) {
            requireModes(modes, before);
        }
    }

    private void requireModes(List<Mode> modes, Summary before) {
        List<Mode> unknown = modes.stream().filter(mode -> before.figures(mode) == null).toList();
        if (unknown.size() == modes.size() || (failOnWorse && !unknown.isEmpty())) {
            throw new UsageException("the baseline " + baseline + " has no figures of mode " + unknown.getFirst().label());
        }
    }

    private void check(FailCondition condition, LoadPlan plan, List<Mode> modes, @Nullable Summary before) {
        Measure measure = condition.measure();
        if (measure.isOfStream() && plan.workload().kind() != WorkloadKind.STREAM) {
            throw new UsageException("--fail-if '" + condition.text() + "' needs --workload stream");
        }
        boolean isOfLimits = measure == Measure.GOODPUT || measure == Measure.WITHIN_LIMITS;
        if (isOfLimits && plan.limits().isEmpty()) {
            throw new UsageException("--fail-if '" + condition.text() + "' needs --slo");
        }
        if (condition.isRelative() && before == null) {
            throw new UsageException("--fail-if '" + condition.text() + "' needs --baseline");
        }
        if (condition.isRelative() && before != null) {
            if (isOfLimits && !before.limits().equals(plan.limits().stream().map(ServiceLimit::toText).toList())) {
                throw new UsageException("--fail-if '" + condition.text() + "' needs a baseline with the same --slo");
            }
            for (Mode mode : modes) {
                Map<Measure, Range> figures = before.figures(mode);
                if (figures == null || !figures.containsKey(measure)) {
                    throw new UsageException("the baseline " + baseline + " has no " + measure.title() + " of mode " + mode.label()
                            + ", which --fail-if '" + condition.text() + "' needs");
                }
            }
        }
    }

    /** Returns the comparison with the baseline, or null without one. */
    @Nullable Comparison compare(@Nullable Summary before, Summary now) {
        return before == null ? null : ofBaseline(() -> Comparison.of(before, now));
    }

    /** Returns why the benchmark fails; empty when it does not. */
    List<String> violations(Summary now, @Nullable Summary before, @Nullable Comparison comparison) {
        List<String> violations = new ArrayList<>();
        conditions().forEach(condition -> violations.addAll(condition.violations(now, before)));
        if (failOnWorse && comparison != null) {
            violations.addAll(comparison.worse());
        }
        return violations;
    }

    private List<FailCondition> conditions() {
        try {
            return failIf.stream().map(FailCondition::parse).toList();
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--fail-if: " + malformed.getMessage());
        }
    }

    /** Runs a step that may refuse the baseline. */
    private <T> T ofBaseline(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException refused) {
            throw new UsageException("the baseline " + baseline + " " + refused.getMessage());
        }
    }
}
