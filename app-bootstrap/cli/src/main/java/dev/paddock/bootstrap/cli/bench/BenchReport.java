package dev.paddock.bootstrap.cli.bench;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.comparison.Change;
import dev.paddock.bootstrap.bench.comparison.Comparison;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.report.FigureTable;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ResultJson;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import dev.paddock.domain.error.ErrorKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The output of a benchmark.
 *
 * @param result the result
 * @param comparison the comparison with a baseline, or null without one
 */
record BenchReport(BenchResult result, @Nullable Comparison comparison) {

    private static final List<String> CHANGE_TITLES = List.of("", "baseline", "now", "change", "noise", "verdict");

    String toJson() {
        Map<String, Object> map = new LinkedHashMap<>(ResultJson.toMap(result));
        if (comparison != null) {
            map.put("comparison", comparison.toMap());
        }
        return PlainJson.toText(map);
    }

    /** Returns the exit status: a benchmark in which all requests failed has failed, one in which some failed has not. */
    ExitStatus status() {
        if (!result.complete()) {
            return ExitStatus.CANCELLED;
        }
        boolean anySuccess = result.modes().stream().anyMatch(mode -> mode.whole().successes() > 0);
        return anySuccess ? ExitStatus.OK : ExitStatus.of(mostFrequentError());
    }

    private ErrorKind mostFrequentError() {
        Map<ErrorKind, Long> all = new EnumMap<>(ErrorKind.class);
        result.modes().forEach(mode -> mode.whole().errors().forEach((kind, count) -> all.merge(kind, count, Long::sum)));
        return all.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /** Returns the lines of the text: the load, a column of figures for each mode, and the changes. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(introduction());
        lines.add("");
        lines.addAll(figures());
        if (comparison != null) {
            lines.add("");
            lines.addAll(changes(comparison));
        }
        return lines;
    }

    private List<String> introduction() {
        LoadPlan plan = result.plan();
        List<String> lines = new ArrayList<>();
        lines.add(plan.requestCount().requests() + " requests (" + plan.workload().kind().label() + ", "
                + plan.workload().model() + ") in each mode,");
        lines.add(rate(plan) + ".");
        if (plan.target() == TargetKind.SIMULATOR) {
            lines.add("The server is simulated in this process: the figures show the cost of");
            lines.add("calls, not the speed of a model.");
        }
        lines.add("A warm-up of " + plan.requestCount().warmUp() + " requests before each mode is not measured.");
        lines.add("Latencies are those of complete answers.");
        lines.add("Transport: " + result.environment().fact("transport") + ".");
        if (!result.complete()) {
            boolean nothing = result.modes().stream().allMatch(mode -> mode.whole().requests() == 0);
            lines.add(nothing
                    ? "Stopped before anything was measured."
                    : "Stopped early: this is what was measured until then.");
        }
        return lines;
    }

    private static String rate(LoadPlan plan) {
        Double rate = plan.loadRate().rate();
        int callers = plan.loadRate().callers();
        if (rate != null) {
            return Measure.THROUGHPUT.toText(rate) + " per second over at most " + callers
                    + (callers == 1 ? " pooled connection" : " pooled connections");
        }
        return callers == 1
                ? "1 caller, which waits for each answer"
                : callers + " concurrent callers, each waiting for its answer";
    }

    private List<String> figures() {
        List<String> titles = new ArrayList<>(List.of(""));
        result.modes().forEach(mode -> titles.add(mode.mode().label()));
        TextTable table = new TextTable(titles, Set.of(1, 2));
        FigureTable.of(result)
                .forEach(row -> table.add(Stream.concat(Stream.of(row.name()), row.cells().stream())
                        .toArray(String[]::new)));
        return table.lines();
    }

    private static List<String> changes(Comparison comparison) {
        TextTable table = new TextTable(CHANGE_TITLES, Set.of(1, 2, 3, 4));
        for (Mode mode : Mode.values()) {
            List<Change> changes = comparison.changes().getOrDefault(mode, List.of());
            if (!changes.isEmpty()) {
                table.addHeading(mode.label());
                changes.forEach(change -> add(table, change));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("Compared with the baseline; the noise is the range of the repetitions of");
        lines.add("one run:");
        comparison.differences().forEach(difference -> lines.add("  Different: " + difference + "."));
        lines.addAll(table.lines());
        return lines;
    }

    private static void add(TextTable table, Change change) {
        table.add(
                "  " + change.measure().title(),
                change.measure().toText(change.before().figure()),
                change.measure().toText(change.now().figure()),
                percent("%+.0f%%", change.relative()),
                percent("%.0f%%", change.relativeNoise()),
                change.verdict().toText());
    }

    private static String percent(String format, @Nullable Double fraction) {
        return fraction == null ? "-" : String.format(Locale.ROOT, format, fraction * 100);
    }
}
