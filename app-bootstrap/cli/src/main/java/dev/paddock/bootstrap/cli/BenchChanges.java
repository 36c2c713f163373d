package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.Change;
import dev.paddock.bootstrap.bench.Comparison;
import dev.paddock.bootstrap.bench.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changes since an earlier benchmark for people. */
final class BenchChanges {

    private static final List<String> TITLES = List.of("", "baseline", "now", "change", "noise", "verdict");

    private final Comparison comparison;

    BenchChanges(Comparison comparison) {
        this.comparison = requireNonNull(comparison, "comparison");
    }

    List<String> lines() {
        TextTable table = new TextTable(TITLES, Set.of(1, 2, 3, 4));
        for (Mode mode : Mode.values()) {
            List<Change> changes = comparison.changes().getOrDefault(mode, List.of());
            if (!changes.isEmpty()) {
                table.addHeading(mode.label());
                changes.forEach(change -> add(table, change));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("Compared with the baseline; the noise is how far the repetitions of one run");
        lines.add("lie apart:");
        comparison.differences().forEach(difference -> lines.add("  Not the same: " + difference + "."));
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

    private static String percent(String format, @Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, format, share * 100);
    }
}
