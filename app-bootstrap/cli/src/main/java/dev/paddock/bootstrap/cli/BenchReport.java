package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.BenchResult;
import dev.paddock.bootstrap.bench.FigureTable;
import dev.paddock.bootstrap.bench.LoadPlan;
import dev.paddock.bootstrap.bench.Measure;
import dev.paddock.bootstrap.bench.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
        lines.add(plan.requestCount().requests() + " requests (" + plan.workload().kind().label() + ", "
                + plan.workload().model() + ") in each mode,");
        lines.add(pace(plan) + ".");
        if (plan.target() == TargetKind.SIMULATOR) {
            lines.add("The server is simulated, in this process: the figures tell what calls");
            lines.add("cost, not how fast a model is.");
        } else {
            lines.add("The server is the one that was named.");
        }
        lines.add("Before each mode " + plan.requestCount().warmUp() + " requests that are not counted.");
        lines.add("Latencies are those of complete answers.");
        lines.add("Transport: " + result.environment().fact("transport") + ".");
        if (!result.complete()) {
            boolean nothing = result.modes().stream().allMatch(
                    mode -> mode.measured().whole().requests() == 0);
            lines.add(nothing
                    ? "Stopped before anything was measured."
                    : "Stopped early: this is what was measured until then.");
        }
        return lines;
    }

    private static String pace(LoadPlan plan) {
        Double rate = plan.loadRate().rate();
        int callers = plan.loadRate().callers();
        if (rate != null) {
            return Measure.THROUGHPUT.toText(rate) + " a second over at most " + callers
                    + (callers == 1 ? " pooled connection" : " pooled connections");
        }
        return callers == 1
                ? "1 caller, which waits for each answer"
                : callers + " callers at once, each waiting for its answer";
    }

    private List<String> table() {
        List<String> titles = new ArrayList<>(List.of(""));
        result.modes().forEach(mode -> titles.add(mode.mode().label()));
        TextTable table = new TextTable(titles, Set.of(1, 2));
        FigureTable.of(result)
                .forEach(row -> table.add(Stream.concat(Stream.of(row.name()), row.cells().stream())
                        .toArray(String[]::new)));
        return table.lines();
    }
}
