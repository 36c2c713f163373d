package dev.paddock.wholesystem.sprint;

import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A table in Markdown with a row for each mode. */
final class SprintTables {

    /** The head of the table. */
    static final List<String> HEAD = List.of(
            "| layers | answered | errors | mean ms | p50 | p95 | p99 | answers/s | connections: clients, servers | calls of servers | of these embeddings "
                    + "| cold loads | from the cache | of these similar | tokens saved | false hits |",
            "|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");

    private SprintTables() {}

    /** Returns the row of a mode. */
    static String row(ModeResult result) {
        Map<String, Long> counts = result.counts().ofTarget();
        List<String> cells = new ArrayList<>(List.of(
                result.mode().label(), result.whole().successes() + " of " + result.whole().requests(), errors(result)));
        for (Measure measure : List.of(Measure.MEAN, Measure.P50, Measure.P95, Measure.P99)) {
            cells.add(number(result, measure, "%.0f"));
        }
        cells.add(number(result, Measure.THROUGHPUT, "%.1f"));
        cells.add(result.connections().opened() + ", " + result.connections().accepted());
        for (String name : List.of(
                "upstream_calls", "embedding_calls", "cold_loads", "answers_from_cache", "similar_hits", "tokens_saved", "false_hits")) {
            cells.add(String.valueOf(counts.getOrDefault(name, 0L)));
        }
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String errors(ModeResult result) {
        Map<String, Long> byKind = new TreeMap<>();
        result.whole().errors().forEach((kind, failures) -> byKind.put(kind.label(), failures.count()));
        return byKind.isEmpty()
                ? "0"
                : byKind.entrySet().stream().map(kind -> kind.getValue() + " " + kind.getKey()).collect(Collectors.joining(", "));
    }

    private static String number(ModeResult result, Measure measure, String format) {
        Double value = result.whole().values().get(measure);
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
