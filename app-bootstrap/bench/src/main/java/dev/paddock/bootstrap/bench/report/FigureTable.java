package dev.paddock.bootstrap.bench.report;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.domain.error.ErrorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of a result as text, for the terminal and for the HTML page: a row for each figure, a cell for each mode. */
public final class FigureTable {

    private final BenchResult result;
    private final List<FigureRow> rows = new ArrayList<>();

    private FigureTable(BenchResult result) {
        this.result = requireNonNull(result, "result");
    }

    /** Returns the rows; a figure that no mode has is omitted. */
    public static List<FigureRow> of(BenchResult result) {
        return new FigureTable(result).rows();
    }

    private List<FigureRow> rows() {
        add("requests", mode -> Long.toString(whole(mode).requests()));
        add("successes", mode -> Long.toString(whole(mode).successes()));
        add("errors", mode -> withShare(whole(mode).failures(), whole(mode)));
        for (ErrorKind kind : kindsOfErrors()) {
            add("  " + kind.label(), mode -> withShare(whole(mode).errors().getOrDefault(kind, 0L), whole(mode)));
        }
        Arrays.stream(Measure.values())
                .filter(measure -> measure != Measure.ERROR_RATE)
                .filter(measure -> result.modes().stream().anyMatch(mode -> whole(mode).values().containsKey(measure)))
                .forEach(measure -> add(measure.title(), mode -> value(mode, measure)));
        add("connections opened", mode -> orUnknown(mode.connections().opened()));
        if (result.modes().stream().anyMatch(mode -> mode.connections().accepted() != null)) {
            add("  as the server counted", mode -> orUnknown(mode.connections().accepted()));
        }
        add("connections reused", mode -> orUnknown(mode.connections().reused()));
        return List.copyOf(rows);
    }

    private void add(String name, Function<ModeResult, String> cell) {
        rows.add(new FigureRow(name, result.modes().stream().map(cell).toList()));
    }

    private Set<ErrorKind> kindsOfErrors() {
        return result.modes().stream()
                .flatMap(mode -> whole(mode).errors().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(ModeResult mode, Measure measure) {
        Double value = whole(mode).values().get(measure);
        return value == null ? "-" : measure.toText(value);
    }

    private static String withShare(long errors, Figures whole) {
        double rate = whole.requests() == 0 ? 0 : (double) errors / whole.requests();
        return errors == 0 ? "0" : errors + " (" + Measure.ERROR_RATE.toText(rate) + ")";
    }

    private static Figures whole(ModeResult mode) {
        return mode.whole();
    }

    private static String orUnknown(@Nullable Long number) {
        return number == null ? "unknown" : number.toString();
    }

    /**
     * A row of figures.
     *
     * @param name the name of the figure; indented when the figure is a part of the one above
     * @param cells the value for each mode
     */
    public record FigureRow(String name, List<String> cells) {

        public FigureRow {
            requireNonNull(name, "name");
            cells = List.copyOf(cells);
        }
    }
}
