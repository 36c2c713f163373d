package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.BenchResult;
import dev.paddock.bootstrap.bench.Figures;
import dev.paddock.bootstrap.bench.LoadPlan;
import dev.paddock.bootstrap.bench.Measure;
import dev.paddock.bootstrap.bench.ModeResult;
import dev.paddock.bootstrap.bench.TargetKind;
import dev.paddock.domain.error.ErrorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The result of a benchmark for people: what was done, and a column of figures for each mode. */
final class BenchReport {

    private final BenchResult result;

    BenchReport(BenchResult result) {
        this.result = requireNonNull(result, "result");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(introduction());
        lines.add("");
        lines.addAll(table());
        return lines;
    }

    private List<String> introduction() {
        LoadPlan plan = result.plan();
        List<String> lines = new ArrayList<>();
        lines.add(plan.amount().requests() + " requests (" + plan.question().workload().label() + ", "
                + plan.question().model() + ") in each mode, " + pace(plan) + ".");
        lines.add(plan.target() == TargetKind.SIMULATOR
                ? "The server is simulated, in this process: the figures tell what calls cost, not how fast a model is."
                : "The server is the one that was named.");
        lines.add("Before each mode " + plan.amount().warmUp() + " requests that are not counted. Latencies are those of "
                + "complete answers.");
        lines.add("Transport: " + result.environment().fact("transport") + ".");
        if (!result.complete()) {
            boolean nothing = result.modes().stream().allMatch(mode -> whole(mode).requests() == 0);
            lines.add(nothing
                    ? "Stopped before anything was measured."
                    : "Stopped early: this is what was measured until then.");
        }
        return lines;
    }

    private static String pace(LoadPlan plan) {
        Double rate = plan.pace().rate();
        return rate == null
                ? plan.pace().callers() + " callers at once, each waiting for its answer"
                : Measure.THROUGHPUT.inWords(rate) + " a second over at most " + plan.pace().callers()
                        + " pooled connections";
    }

    private List<String> table() {
        List<String> titles = new ArrayList<>(List.of(""));
        result.modes().forEach(mode -> titles.add(mode.mode().label()));
        TextTable table = new TextTable(titles, Set.of(1, 2));
        row(table, "requests", mode -> Long.toString(whole(mode).requests()));
        row(table, "successes", mode -> Long.toString(whole(mode).successes()));
        row(table, "errors", mode -> share(whole(mode).failures(), whole(mode)));
        for (ErrorKind kind : kindsOfErrors()) {
            row(table, "  " + kind.label(), mode -> share(whole(mode).errors().getOrDefault(kind, 0L), whole(mode)));
        }
        Arrays.stream(Measure.values())
                .filter(measure -> measure != Measure.ERROR_RATE)
                .filter(measure -> result.modes().stream().anyMatch(mode -> whole(mode).values().containsKey(measure)))
                .forEach(measure -> row(table, measure.title(), mode -> value(mode, measure)));
        row(table, "connections opened", mode -> orUnknown(mode.connections().opened()));
        if (result.plan().target() == TargetKind.SIMULATOR) {
            row(table, "  as the server counted", mode -> orUnknown(mode.connections().accepted()));
        }
        row(table, "connections reused", mode -> orUnknown(mode.connections().reused()));
        return table.lines();
    }

    private void row(TextTable table, String name, Function<ModeResult, String> cell) {
        table.add(Stream.concat(Stream.of(name), result.modes().stream().map(cell)).toArray(String[]::new));
    }

    private Set<ErrorKind> kindsOfErrors() {
        return result.modes().stream()
                .flatMap(mode -> whole(mode).errors().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(ModeResult mode, Measure measure) {
        Double value = whole(mode).values().get(measure);
        return value == null ? "-" : measure.inWords(value);
    }

    private static String share(long errors, Figures whole) {
        double rate = whole.requests() == 0 ? 0 : (double) errors / whole.requests();
        return errors == 0 ? "0" : errors + " (" + Measure.ERROR_RATE.inWords(rate) + ")";
    }

    private static Figures whole(ModeResult mode) {
        return mode.measured().whole();
    }

    private static String orUnknown(@Nullable Long number) {
        return number == null ? "unknown" : number.toString();
    }
}
