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

/** Prints the measurements as Markdown tables. */
final class GatewayTables {

    private final PrintStream output;
    private final List<LoadTarget> targets;

    GatewayTables(PrintStream output, List<LoadTarget> targets) {
        this.output = output;
        this.targets = targets;
    }

    void header() {
        line("| load | connections | proxy | requests/s | CPU us/request | relative to HAProxy | relative to HAProxy, same duties | "
                + "p50 ms | added p50 | p99 ms | added p99 | failed |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    void rows(Results results, GatewayLoad load, int connections) {
        Cell direct = new Cell(load, connections, targets.getFirst());
        for (LoadTarget target : targets) {
            Cell cell = direct.of(target);
            line("| " + String.join(" | ", load.label(), Integer.toString(connections), target.name(),
                    number(0, results.perSecond(cell)), number(1, results.processorMicros(cell)),
                    ofProxy(target, number(2, ratio(results, cell, Proxy.HAPROXY))),
                    ofProxy(target, number(2, ratio(results, cell, Proxy.HAPROXY_DUTIES))),
                    number(3, results.p50(cell) / 1e3),
                    ofProxy(target, number(3, (results.p50(cell) - results.p50(direct)) / 1e3)),
                    number(3, results.p99(cell) / 1e3),
                    ofProxy(target, number(3, (results.p99(cell) - results.p99(direct)) / 1e3)),
                    Long.toString(results.failures(cell))) + " |");
        }
    }

    private double ratio(Results results, Cell cell, Proxy reference) {
        return targets.stream()
                .filter(target -> target.name().equals(reference.label()))
                .mapToDouble(target -> results.processorMicros(cell) / results.processorMicros(cell.of(target)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Returns a text that applies only to proxies, not to direct requests. */
    private String ofProxy(LoadTarget target, String text) {
        return target.equals(targets.getFirst()) ? "" : text;
    }

    /** Prints the times of all targets in their order. */
    void firstBytes(GatewayLoad load, List<Histogram> times) {
        line("");
        line("Time to the first byte of the body, " + load.label() + ", one connection per target, interleaved:");
        line("");
        line("| proxy | p50 ms | added p50 | p99 ms | added p99 |");
        line("|---|---|---|---|---|");
        Histogram direct = times.getFirst();
        for (int at = 0; at < targets.size(); at++) {
            Histogram histogram = times.get(at);
            line("| " + String.join(" | ", targets.get(at).name(),
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
         * @param target the target
         */
        record Cell(GatewayLoad load, int connections, LoadTarget target) {

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
