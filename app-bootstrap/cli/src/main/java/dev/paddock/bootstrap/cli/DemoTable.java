package dev.paddock.bootstrap.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The comparison as a table. */
final class DemoTable {

    private static final List<String> TITLES =
            List.of("", "first call", "later p50", "later p95", "calls/s", "connections", "reused");

    private DemoTable() {}

    static List<String> lines(List<DemoComparison> comparisons) {
        TextTable table = new TextTable(TITLES, Set.of(1, 2, 3, 4, 5, 6));
        for (DemoComparison comparison : comparisons) {
            table.addHeading(comparison.scenario().title());
            add(table, "  new connection each", comparison.unpooled());
            add(table, "  through the pool", comparison.pooled());
        }
        return table.lines();
    }

    private static void add(TextTable table, String name, DemoMeasurement measured) {
        table.add(
                name,
                millis(measured.first()),
                millis(measured.later(0.5)),
                millis(measured.later(0.95)),
                String.format(Locale.ROOT, "%.0f", measured.throughput()),
                Long.toString(measured.connectionsOpened()),
                String.format(Locale.ROOT, "%.0f%%", measured.reuseRatio() * 100));
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
