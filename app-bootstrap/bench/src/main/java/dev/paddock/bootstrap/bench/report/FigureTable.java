package dev.paddock.bootstrap.bench.report;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.ServiceLimit;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Figures.FailureSummary;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.LimitCount;
import dev.paddock.domain.error.ErrorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures of a result: a row for each figure, a cell for each mode. The name of a part of the figure above is indented. */
final class FigureTable {

    private final BenchResult result;
    private final List<ModeResult> modes;
    private final List<List<String>> rows = new ArrayList<>();

    private FigureTable(BenchResult result, List<ModeResult> modes) {
        this.result = requireNonNull(result, "result");
        this.modes = List.copyOf(modes);
    }

    /** Returns the table of the given modes; a figure that no mode has is omitted. */
    static ReportTable of(BenchResult result, List<ModeResult> modes) {
        return new FigureTable(result, modes).table();
    }

    private ReportTable table() {
        add("requests", mode -> Long.toString(mode.whole().requests()));
        if (modes.stream().anyMatch(mode -> mode.counts().repeated() > 0)) {
            add("  with a repeated prompt", mode -> withShare(mode.counts().repeated(), mode.whole()));
        }
        add("successes", mode -> Long.toString(mode.whole().successes()));
        add("errors", mode -> withShare(mode.whole().failures(), mode.whole()));
        for (ErrorKind kind : kindsOfErrors()) {
            add("  " + kind.label(), mode -> withShare(count(mode, kind), mode.whole()));
        }
        Arrays.stream(Measure.values())
                .filter(measure -> measure != Measure.ERROR_RATE)
                .filter(measure -> modes.stream().anyMatch(mode -> mode.whole().values().containsKey(measure)))
                .forEach(measure -> add(measure.title(), mode -> value(mode, measure)));
        addLimits();
        add("input tokens", mode -> Long.toString(mode.counts().inputTokens()));
        add("output tokens", mode -> Long.toString(mode.counts().outputTokens()));
        add("requests sent", mode -> Long.toString(mode.connections().sent()));
        if (modes.stream().anyMatch(mode -> mode.connections().received() != null)) {
            add("  as the server counted", mode -> orUnknown(mode.connections().received()));
        }
        add("connections opened", mode -> orUnknown(mode.connections().opened()));
        if (modes.stream().anyMatch(mode -> mode.connections().accepted() != null)) {
            add("  as the server counted", mode -> orUnknown(mode.connections().accepted()));
        }
        add("connections reused", mode -> orUnknown(mode.connections().reused()));
        modes.stream()
                .flatMap(mode -> mode.counts().ofTarget().keySet().stream())
                .distinct()
                .forEach(name -> add(name.replace('_', ' '), mode -> orUnknown(mode.counts().ofTarget().get(name))));
        List<String> columns = Stream.concat(Stream.of(""), modes.stream().map(mode -> mode.mode().label())).toList();
        return new ReportTable(
                "Figures", columns, rows, IntStream.range(1, columns.size()).boxed().collect(Collectors.toSet()));
    }

    private void addLimits() {
        List<ServiceLimit> limits = result.plan().limits();
        for (int index = 0; index < limits.size(); index++) {
            int number = index;
            add("  " + limits.get(index).toText(), mode -> withVerdict(mode.counts().limits().get(number)));
        }
    }

    private static String withVerdict(LimitCount count) {
        Boolean isMet = count.isMet();
        String verdict = isMet == null ? "" : isMet ? ", met" : ", missed";
        return Measure.WITHIN_LIMITS.toText(count.share()) + verdict;
    }

    private void add(String name, Function<ModeResult, String> cell) {
        rows.add(Stream.concat(Stream.of(name), modes.stream().map(cell)).toList());
    }

    private Set<ErrorKind> kindsOfErrors() {
        return modes.stream()
                .flatMap(mode -> mode.whole().errors().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long count(ModeResult mode, ErrorKind kind) {
        FailureSummary failures = mode.whole().errors().get(kind);
        return failures == null ? 0 : failures.count();
    }

    private static String value(ModeResult mode, Measure measure) {
        Double value = mode.whole().values().get(measure);
        return value == null ? "-" : measure.toText(value);
    }

    private static String withShare(long number, Figures whole) {
        double rate = whole.requests() == 0 ? 0 : (double) number / whole.requests();
        return number == 0 ? "0" : number + " (" + Measure.ERROR_RATE.toText(rate) + ")";
    }

    private static String orUnknown(@Nullable Long number) {
        return number == null ? "unknown" : number.toString();
    }
}
