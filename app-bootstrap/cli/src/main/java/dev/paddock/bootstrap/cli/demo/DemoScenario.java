package dev.paddock.bootstrap.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A series of calls of the demonstration, made once with a new connection each and once through the pool.
 *
 * @param calls the number of calls, at least 2
 * @param callers the number of concurrent callers, at least 1
 * @param connectionCost the time that the server adds to the first request of a connection
 * @param transport the name of the transport
 */
record DemoScenario(int calls, int callers, Duration connectionCost, String transport) {

    DemoComparison compare() {
        try (DemoServer server = DemoServer.start(this, Duration.ZERO)) {
            return new DemoComparison(this, server.measureUnpooled(), server.measurePooled());
        }
    }

    private String title() {
        String concurrency = callers == 1 ? "One caller" : callers + " concurrent callers";
        return connectionCost.isZero()
                ? concurrency + ", connections without added cost"
                : concurrency + ", each new connection costs " + connectionCost.toMillis() + " ms";
    }

    /**
     * The measurements of a scenario.
     *
     * @param scenario the calls
     * @param unpooled with a new connection for each call
     * @param pooled through the pool
     */
    record DemoComparison(DemoScenario scenario, DemoMeasurement unpooled, DemoMeasurement pooled) {

        private static final List<String> TITLES =
                List.of("", "first call", "later p50", "later p95", "calls/s", "opened", "reused");

        Map<String, Object> toJson() {
            return new JsonObjectBuilder()
                    .put("callers", scenario.callers())
                    .putMillis("connection_cost_ms", scenario.connectionCost())
                    .put("unpooled", unpooled.toJson())
                    .put("pooled", pooled.toJson())
                    .toMap();
        }

        /** Returns comparisons as the lines of a table. */
        static List<String> table(List<DemoComparison> comparisons) {
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

    /**
     * The measurement of one series of calls.
     *
     * @param latencies the latency of each call, in the order in which they started; at least two
     * @param elapsed the duration of the series
     * @param connectionsOpened the connections that the server accepted during the series
     */
    record DemoMeasurement(List<Duration> latencies, Duration elapsed, long connectionsOpened) {

        DemoMeasurement {
            latencies = List.copyOf(latencies);
            requireNonNull(elapsed, "elapsed");
        }

        int calls() {
            return latencies.size();
        }

        Duration first() {
            return latencies.getFirst();
        }

        /** Returns a quantile, 0 to 1, of the latency of the calls after the first. */
        Duration later(double quantile) {
            List<Duration> sorted = latencies.stream().skip(1).sorted().toList();
            int rank = (int) Math.ceil(quantile * sorted.size());
            return sorted.get(Math.max(0, rank - 1));
        }

        /** Returns the calls per second. */
        double throughput() {
            return calls() * 1e9 / Math.max(1, elapsed.toNanos());
        }

        /** Returns the fraction of calls that needed no new connection, 0 to 1. */
        double reuseRatio() {
            return Math.max(0, 1 - (double) connectionsOpened / calls());
        }

        Map<String, Object> toJson() {
            return new JsonObjectBuilder()
                    .put("calls", calls())
                    .put("connections_opened", connectionsOpened)
                    .put("reuse_ratio", Math.round(reuseRatio() * 1e4) / 1e4)
                    .putMillis("first_ms", first())
                    .putMillis("p50_ms", later(0.5))
                    .putMillis("p95_ms", later(0.95))
                    .put("throughput", Math.round(throughput() * 10) / 10.0)
                    .toMap();
        }
    }
}
