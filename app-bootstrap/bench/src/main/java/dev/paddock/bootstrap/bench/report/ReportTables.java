package dev.paddock.bootstrap.bench.report;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.comparison.Change;
import dev.paddock.bootstrap.bench.comparison.Comparison;
import dev.paddock.bootstrap.bench.comparison.LayerEffect;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.Punctuality;
import dev.paddock.domain.error.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables and remarks of a report.
 *
 * @param result the result
 * @param comparison the comparison with a baseline, or null without one
 * @param violations why the benchmark failed, may be empty
 */
public record ReportTables(BenchResult result, @Nullable Comparison comparison, List<String> violations) {

    /** How to read the changes that layers make. */
    public static final String LAYERS_EXPLAINED =
            "What each layer adds, against a mode without it; ~ is a change within the noise, and sent counts requests to the server:";

    public ReportTables {
        requireNonNull(result, "result");
        violations = List.copyOf(violations);
    }

    /** Returns the figures of the given modes. */
    public ReportTable figures(List<ModeResult> modes) {
        return FigureTable.of(result, modes);
    }

    /** Returns what each layer adds; without rows when there is only one mode. */
    public ReportTable layers() {
        List<List<String>> rows = new ArrayList<>();
        for (LayerEffect effect : LayerEffect.of(result)) {
            ModeResult with = effect.with();
            ModeResult without = effect.without();
            rows.add(List.of(
                    with.mode().label(),
                    without.mode().label(),
                    effect.changeText(Measure.P50),
                    effect.changeText(Measure.P95),
                    effect.changeText(Measure.THROUGHPUT),
                    fromTo(without.whole().failures(), with.whole().failures()),
                    fromTo(without.connections().sent(), with.connections().sent()),
                    fromTo(without.connections().opened(), with.connections().opened())));
        }
        return new ReportTable(
                "What each layer adds",
                List.of("mode", "against", "p50", "p95", "answers/s", "errors", "sent", "opened"),
                rows,
                Set.of(2, 3, 4, 5, 6, 7));
    }

    /** Returns the figures of each model; without rows when there is only one. */
    public ReportTable models() {
        List<List<String>> rows = new ArrayList<>();
        for (ModeResult mode : result.modes()) {
            mode.byModel().forEach((model, figures) -> rows.add(List.of(
                    model,
                    mode.mode().label(),
                    Long.toString(figures.successes()),
                    Long.toString(figures.failures()),
                    value(figures, Measure.P50),
                    value(figures, Measure.P95),
                    value(figures, Measure.FIRST_TOKEN_P50),
                    value(figures, Measure.TOKENS))));
        }
        return new ReportTable(
                "Models",
                List.of("model", "mode", "answers", "errors", "p50", "p95", "first token", "tokens/s"),
                rows,
                Set.of(2, 3, 4, 5, 6, 7));
    }

    /** Returns the first failure of each kind in each mode; without rows when there was none. */
    public ReportTable errors() {
        List<List<String>> rows = new ArrayList<>();
        for (ModeResult mode : result.modes()) {
            Map<ErrorKind, Figures.FailureSummary> byKind = new TreeMap<>(mode.whole().errors());
            byKind.forEach((kind, failures) -> rows.add(List.of(
                    kind.label(),
                    mode.mode().label(),
                    Long.toString(failures.count()),
                    failures.address() == null ? "-" : failures.address(),
                    failures.message())));
        }
        return new ReportTable(
                "Errors", List.of("kind", "mode", "requests", "server", "the first one"), rows, Set.of(2));
    }

    /** Returns the changes since the baseline; without rows when there is none. */
    public ReportTable changes() {
        List<List<String>> rows = new ArrayList<>();
        if (comparison != null) {
            for (Mode mode : Mode.values()) {
                List<Change> changes = comparison.changes().getOrDefault(mode, List.of());
                if (!changes.isEmpty()) {
                    rows.add(List.of(mode.label()));
                    changes.forEach(change -> rows.add(cells(change)));
                }
            }
        }
        return new ReportTable(
                "Compared with the baseline",
                List.of("", "baseline", "now", "change", "noise", "verdict"),
                rows,
                Set.of(1, 2, 3, 4));
    }

    private static List<String> cells(Change change) {
        return List.of(
                "  " + change.measure().title(),
                change.measure().toText(change.before().figure()),
                change.measure().toText(change.now().figure()),
                percent("%+.0f%%", change.relative()),
                percent("%.0f%%", change.relativeNoise()),
                change.verdict().toText());
    }

    /** Returns remarks that a reader needs to understand the figures, each one or two sentences. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (ModeResult mode : result.modes()) {
            Punctuality punctuality = mode.counts().punctuality();
            if (punctuality != null) {
                remarks.addAll(remarks(mode, punctuality));
            }
        }
        boolean layersNeedRepeats = result.modes().stream()
                .anyMatch(mode -> (mode.mode() == Mode.CACHE || mode.mode() == Mode.SINGLE_FLIGHT)
                        && mode.counts().repeated() == 0
                        && mode.whole().requests() > 0);
        if (layersNeedRepeats) {
            remarks.add("No prompt was repeated, so cache and single-flight add nothing. --repeat 0.4 repeats 40 % of the prompts.");
        }
        boolean batchesNothing = result.plan().target() != TargetKind.GATEWAY
                && result.plan().workload().kind() != WorkloadKind.EMBED
                && result.modes().stream().anyMatch(mode -> mode.mode() == Mode.BATCH);
        if (batchesNothing) {
            remarks.add("Batches join texts to embed, so they add nothing here. --workload embed shows what they add.");
        }
        return remarks;
    }

    private List<String> remarks(ModeResult mode, Punctuality punctuality) {
        List<String> remarks = new ArrayList<>();
        if (!punctuality.isKept()) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%s: the rate was not kept: %d of %d starts were more than %d ms late, the latest by %s. This machine is too slow for "
                            + "the rate, so the figures show its delays, too.",
                    mode.mode().label(),
                    punctuality.late(),
                    punctuality.scheduled(),
                    Punctuality.LATE.toMillis(),
                    Measure.MAX.toText(punctuality.longestDelay().toNanos() / 1e6)));
        }
        if (punctuality.waited() > 0) {
            int callers = result.plan().loadRate().callers();
            remarks.add(String.format(
                    Locale.ROOT,
                    "%s: %d of %d requests started while %s in use, and waited for one. --concurrency sets their number.",
                    mode.mode().label(),
                    punctuality.waited(),
                    mode.whole().requests(),
                    callers == 1 ? "the only connection was" : "all " + callers + " connections were"));
        }
        return remarks;
    }

    private static String value(Figures figures, Measure measure) {
        Double value = figures.values().get(measure);
        return value == null ? "-" : measure.toText(value);
    }

    private static String fromTo(@Nullable Long before, @Nullable Long now) {
        return (before == null ? "?" : before.toString()) + " -> " + (now == null ? "?" : now.toString());
    }

    private static String percent(String format, @Nullable Double fraction) {
        return fraction == null ? "-" : String.format(Locale.ROOT, format, fraction * 100);
    }
}
