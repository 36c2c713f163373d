package dev.paddock.bootstrap.cli.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.comparison.LayerEffect;
import dev.paddock.bootstrap.bench.load.ArrivalProcess;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.report.ReportTable;
import dev.paddock.bootstrap.bench.report.ReportTables;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ResultJson;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import dev.paddock.bootstrap.cli.terminal.WordWrap;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.model.ModelName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The output of a benchmark.
 *
 * @param tables the result as tables
 */
record BenchReport(ReportTables tables) {

    private static final int USUAL_WIDTH = 80;

    BenchReport {
        requireNonNull(tables, "tables");
    }

    String toJson() {
        BenchResult result = tables.result();
        Map<String, Object> map = new LinkedHashMap<>(ResultJson.toMap(result));
        List<LayerEffect> effects = LayerEffect.of(result);
        if (!effects.isEmpty()) {
            Map<String, Object> layers = new LinkedHashMap<>();
            effects.forEach(effect -> layers.put(effect.with().mode().label(), effect.toMap()));
            map.put("layers", layers);
        }
        if (tables.comparison() != null) {
            map.put("comparison", tables.comparison().toMap());
        }
        if (!tables.violations().isEmpty()) {
            map.put("failed", tables.violations());
        }
        List<String> remarks = tables.remarks();
        if (!remarks.isEmpty()) {
            map.put("remarks", remarks);
        }
        return PlainJson.toText(map);
    }

    /** Returns the exit status: a benchmark in which all requests failed has failed, one in which some failed has not. */
    ExitStatus status() {
        BenchResult result = tables.result();
        if (!result.complete()) {
            return ExitStatus.CANCELLED;
        }
        boolean anyFailure = result.modes().stream().anyMatch(mode -> mode.whole().failures() > 0);
        boolean anySuccess = result.modes().stream().anyMatch(mode -> mode.whole().successes() > 0);
        if (anyFailure && !anySuccess) {
            return ExitStatus.of(mostFrequentError());
        }
        return tables.violations().isEmpty() ? ExitStatus.OK : ExitStatus.WORSE;
    }

    private ErrorKind mostFrequentError() {
        Map<ErrorKind, Long> all = new EnumMap<>(ErrorKind.class);
        tables.result().modes().forEach(mode -> mode.whole().errors()
                .forEach((kind, failures) -> all.merge(kind, failures.count(), Long::sum)));
        return all.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /** Returns the lines of the text within the given width; 0 for any. */
    List<String> lines(int width) {
        List<String> lines = new ArrayList<>();
        introduction().forEach(sentence -> lines.addAll(wrapped(sentence, "", width)));
        lines.addAll(figures(width));
        lines.addAll(errors(width));
        ReportTable layers = tables.layers();
        if (!layers.rows().isEmpty()) {
            lines.add("");
            lines.addAll(wrapped(ReportTables.LAYERS_EXPLAINED, "", width));
            lines.addAll(textTable(layers, Set.of(3, 7)).lines(width));
        }
        ReportTable models = tables.models();
        if (!models.rows().isEmpty()) {
            lines.add("");
            lines.addAll(textTable(models, Set.of(6)).lines(width));
        }
        if (tables.comparison() != null) {
            lines.add("");
            lines.addAll(wrapped("Compared with the baseline; the noise is the range of the parts of one run:", "", width));
            tables.comparison().differences().forEach(difference -> lines.addAll(wrapped("Different: " + difference + ".", "  ", width)));
            lines.addAll(textTable(tables.changes(), Set.of(4)).lines(width));
        }
        List<String> remarks = new ArrayList<>(tables.remarks());
        tables.violations().forEach(violation -> remarks.add("Failed: " + violation + "."));
        if (!remarks.isEmpty()) {
            lines.add("");
            remarks.forEach(remark -> lines.addAll(wrapped(remark, "", width)));
        }
        return lines;
    }

    private List<String> introduction() {
        BenchResult result = tables.result();
        LoadPlan plan = result.plan();
        Workload workload = plan.workload();
        List<String> sentences = new ArrayList<>();
        String models = workload.models().stream().map(ModelName::value).collect(Collectors.joining(", "));
        sentences.add(plan.size().measured().toText() + " (" + workload.kind().label() + ", " + models + ") in each mode, " + rate(plan) + ".");
        if (plan.target() == TargetKind.SIMULATOR) {
            sentences.add("The server is simulated in this process: the figures show the cost of calls, not the speed of a model.");
        }
        String warmUp = plan.size().warmUp().isNone()
                ? "There is no warm-up."
                : "A warm-up of " + plan.size().warmUp().toText() + " before each mode is not measured.";
        sentences.add(warmUp + " Latencies are those of complete answers.");
        sentences.add((result.address() == null ? "" : "Server: " + result.address() + ". ") + "Transport: "
                + result.environment().fact("transport") + ".");
        if (!result.complete()) {
            boolean nothing = result.modes().stream().allMatch(mode -> mode.whole().requests() == 0);
            sentences.add(nothing
                    ? "Stopped before anything was measured."
                    : "Stopped early: this is what was measured until then.");
        }
        return sentences;
    }

    private static String rate(LoadPlan plan) {
        ArrivalProcess arrivals = plan.loadRate().arrivals();
        int callers = plan.loadRate().callers();
        if (arrivals != null) {
            return Measure.THROUGHPUT.toText(arrivals.perSecond()) + " per second (" + arrivals.label() + ") over at most " + callers
                    + (callers == 1 ? " pooled connection" : " pooled connections");
        }
        return callers == 1
                ? "1 caller, which waits for each answer"
                : callers + " concurrent callers, each waiting for its answer";
    }

    /** Returns the figures in as many tables as needed for the width. */
    private List<String> figures(int width) {
        List<String> lines = new ArrayList<>();
        List<ModeResult> left = new ArrayList<>(tables.result().modes());
        while (!left.isEmpty()) {
            int number = left.size();
            while (number > 1 && width > 0 && widest(left.subList(0, number)) > width) {
                number--;
            }
            lines.add("");
            lines.addAll(textTable(tables.figures(left.subList(0, number)), Set.of()).lines(width));
            left = left.subList(number, left.size());
        }
        return lines;
    }

    private int widest(List<ModeResult> modes) {
        return textTable(tables.figures(modes), Set.of()).lines().stream().mapToInt(String::length).max().orElse(0);
    }

    private List<String> errors(int width) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : tables.errors().rows()) {
            lines.add("");
            String server = row.get(3).equals("-") ? "" : " at " + row.get(3);
            lines.addAll(wrapped(row.get(0) + ": " + row.get(2) + " in mode " + row.get(1) + server + ". The first one:", "", width));
            lines.addAll(wrapped(row.get(4), "  ", width));
        }
        return lines;
    }

    private static TextTable textTable(ReportTable table, Set<Integer> optional) {
        TextTable text = new TextTable(table.columns(), table.numbers(), optional);
        table.rows().forEach(row -> {
            if (row.size() == 1) {
                text.addHeading(row.getFirst());
            } else {
                text.add(row.toArray(String[]::new));
            }
        });
        return text;
    }

    private static List<String> wrapped(String sentence, String indent, int width) {
        int margin = width < WordWrap.NARROWEST ? USUAL_WIDTH : width;
        WordWrap wrap = new WordWrap(margin - indent.length());
        return (wrap.add(sentence) + wrap.end()).lines().map(line -> indent + line).toList();
    }
}
