package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Median;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured, by its place in the tables. */
final class Results {

    private final Map<Cell, List<GatewayMeasurement>> runs = new HashMap<>();

    void add(Cell cell, GatewayMeasurement run) {
        runs.computeIfAbsent(cell, first -> new ArrayList<>()).add(run);
    }

    private double median(Cell cell, ToDoubleFunction<GatewayMeasurement> figure) {
        return Median.of(runs.getOrDefault(cell, List.of()).stream().mapToDouble(figure));
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
}
