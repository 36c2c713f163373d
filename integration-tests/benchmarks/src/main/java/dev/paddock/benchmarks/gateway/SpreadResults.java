package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Quantiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Figures by row and contender, as tables in Markdown with a column for each contender. */
final class SpreadResults {

    private static final String FAILED = "failed";

    private final List<String> contenders;
    private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();

    SpreadResults(List<String> contenders) {
        this.contenders = List.copyOf(contenders);
    }

    /** Adds the figure of a round; not a number when the contender failed. It has no figure then in the whole row. */
    void add(String row, String contender, double figure) {
        rows.computeIfAbsent(row, first -> new LinkedHashMap<>())
                .computeIfAbsent(contender, first -> new ArrayList<>())
                .add(figure);
    }

    /** Returns the medians. */
    String medians() {
        return table("load", row -> contender -> row.getOrDefault(contender, List.of()));
    }

    /** Returns the medians of the ratios to a contender in the same round. */
    String ratios(String reference) {
        return table("to " + reference, row -> contender ->
                ratios(row.getOrDefault(contender, List.of()), row.getOrDefault(reference, List.of())));
    }

    private static List<Double> ratios(List<Double> own, List<Double> reference) {
        return IntStream.range(0, Math.min(own.size(), reference.size()))
                .mapToObj(round -> own.get(round) / reference.get(round))
                .toList();
    }

    private String table(String title, Columns columns) {
        List<String> lines = new ArrayList<>();
        lines.add("| " + title + " | " + String.join(" | ", contenders) + " |");
        lines.add("|---|" + "--:|".repeat(contenders.size()));
        rows.forEach((label, row) -> lines.add(contenders.stream()
                .map(contender -> cell(columns.of(row).of(contender)))
                .collect(Collectors.joining(" | ", "| " + label + " | ", " |"))));
        return String.join("\n", lines);
    }

    private static String cell(List<Double> figures) {
        double median = figures.isEmpty() || figures.contains(Double.NaN)
                ? Double.NaN
                : Quantiles.median(figures.stream().mapToDouble(Double::doubleValue));
        if (!Double.isFinite(median)) {
            return figures.isEmpty() ? "" : FAILED;
        }
        return String.format(Locale.ROOT, median >= 100 ? "%.0f" : median >= 10 ? "%.1f" : "%.2f", median);
    }

    /** Chooses the figures of a row. */
    @FunctionalInterface
    private interface Columns {

        Cells of(Map<String, List<Double>> row);
    }

    /** Chooses the figures of a contender. */
    @FunctionalInterface
    private interface Cells {

        List<Double> of(String contender);
    }
}
