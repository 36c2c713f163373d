package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Quantiles;
import dev.paddock.benchmarks.gateway.GatewayTables.Results.Cell;
import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadGenerator.LoadResult;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Prints what was measured in Markdown. */
final class GatewayTables {

    private final PrintStream output;
    private final List<LoadTarget> fronts;

    GatewayTables(PrintStream output, List<LoadTarget> fronts) {
        this.output = output;
        this.fronts = fronts;
    }

    void header() {
        line("| load | connections | through | requests/s | CPU us/request | to HAProxy | to the same with duties | "
                + "p50 ms | added p50 | p99 ms | added p99 | failed |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    void rows(Results results, GatewayLoad load, int connections) {
        Cell direct = new Cell(load, connections, fronts.getFirst());
        for (LoadTarget front : fronts) {
            Cell cell = direct.of(front);
            line("| " + String.join(" | ", load.label(), Integer.toString(connections), front.name(),
                    number(0, results.perSecond(cell)), number(1, results.processorMicros(cell)),
                    beyond(front, number(2, ratio(results, cell, Proxy.HAPROXY))),
                    beyond(front, number(2, ratio(results, cell, Proxy.HAPROXY_DUTIES))),
                    number(3, results.p50(cell) / 1e3),
                    beyond(front, number(3, (results.p50(cell) - results.p50(direct)) / 1e3)),
                    number(3, results.p99(cell) / 1e3),
                    beyond(front, number(3, (results.p99(cell) - results.p99(direct)) / 1e3)),
                    Long.toString(results.failures(cell))) + " |");
        }
    }

    private double ratio(Results results, Cell cell, Proxy reference) {
        return fronts.stream()
                .filter(front -> front.name().equals(reference.label()))
                .mapToDouble(front -> results.processorMicros(cell) / results.processorMicros(cell.of(front)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Returns a text that only applies to proxies. */
    private String beyond(LoadTarget front, String text) {
        return front.equals(fronts.getFirst()) ? "" : text;
    }

    /** Prints the times of all fronts in their order. */
    void firstBytes(GatewayLoad load, List<Histogram> times) {
        line("");
        line("First byte of the body, " + load.label() + ", one connection each, interleaved:");
        line("");
        line("| through | p50 ms | added p50 | p99 ms | added p99 |");
        line("|---|---|---|---|---|");
        Histogram direct = times.getFirst();
        for (int at = 0; at < fronts.size(); at++) {
            Histogram histogram = times.get(at);
            line("| " + String.join(" | ", fronts.get(at).name(),
                    number(3, millis(histogram, 50)), number(3, millis(histogram, 50) - millis(direct, 50)),
                    number(3, millis(histogram, 99)), number(3, millis(histogram, 99) - millis(direct, 99))) + " |");
        }
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }

    private static String number(int decimals, double value) {
        return Double.isFinite(value) ? new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString() : "";
    }

    private void line(String text) {
        output.println(text);
    }

    /** The measurements by cell. */
    static final class Results {

        private final Map<Cell, List<GatewayMeasurement>> runs = new HashMap<>();

        void add(Cell cell, GatewayMeasurement run) {
            runs.computeIfAbsent(cell, first -> new ArrayList<>()).add(run);
        }

        private double median(Cell cell, ToDoubleFunction<GatewayMeasurement> figure) {
            return Quantiles.median(runs.getOrDefault(cell, List.of()).stream().mapToDouble(figure));
        }

        double perSecond(Cell cell) {
            return median(cell, run -> run.reading().perSecond());
        }

        double p50(Cell cell) {
            return median(cell, run -> run.reading().p50());
        }

        double p99(Cell cell) {
            return median(cell, run -> run.reading().p99());
        }

        double processorMicros(Cell cell) {
            return median(cell, GatewayMeasurement::processorMicros);
        }

        long failures(Cell cell) {
            return runs.getOrDefault(cell, List.of()).stream().mapToLong(run -> run.reading().failures()).sum();
        }

        /**
         * A cell of the tables.
         *
         * @param load the load
         * @param connections the number of connections
         * @param front the target
         */
        record Cell(GatewayLoad load, int connections, LoadTarget front) {

            Cell of(LoadTarget other) {
                return new Cell(load, connections, other);
            }
        }

        /**
         * One run of a load.
         *
         * @param reading the result of the load generator
         * @param processorMicros processor time of the target per request, in microseconds
         */
        record GatewayMeasurement(LoadResult reading, double processorMicros) {}
    }
}
