package dev.paddock.bootstrap.bench;

import dev.paddock.bootstrap.bench.TimelinePoint.LatencyPercentiles;
import java.util.ArrayList;
import java.util.List;

/** The charts of a result, each with the words that tell its colours. */
final class Charts {

    private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99, 99.999};

    private Charts() {}

    /** Returns the distribution of latencies of all modes. */
    static String distribution(List<ModeResult> modes) {
        double last = modes.stream().mapToDouble(ChartSeries::placeOfLast).max().orElse(1);
        List<Tick> ticks = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            if (ChartSeries.placeOf(percentile) <= last + 1e-9) {
                String label = percentile % 1 == 0 ? Integer.toString((int) percentile) : Double.toString(percentile);
                ticks.add(new Tick(ChartSeries.placeOf(percentile), label + "%"));
            }
        }
        double most = modes.stream()
                .flatMap(mode -> mode.measured().distribution().stream())
                .mapToDouble(PercentilePoint::millis)
                .max()
                .orElse(1);
        Axis below = new Axis("share of answers that were at least as quick", last, ticks);
        Chart chart = new Chart("Latency by percentile", below, Axis.roundUpTo("latency in ms", most));
        List<String> legend = new ArrayList<>();
        modes.forEach(mode -> {
            chart.line(mode.mode().label(), ChartSeries.distribution(mode));
            legend.add(mode.mode().label());
        });
        return figure(chart, legend);
    }

    /** Returns the latency of a mode over time; the charts of all modes are as high. */
    static String latency(ModeResult mode, List<ModeResult> all) {
        double most = all.stream()
                .flatMap(each -> ChartSeries.latency(each, LatencyPercentiles::max).stream())
                .flatMap(List::stream)
                .mapToDouble(Point::y)
                .max()
                .orElse(1);
        Chart chart = new Chart(
                "Latency over time, " + mode.mode().label(), seconds(mode), Axis.roundUpTo("latency in ms", most));
        ChartSeries.latency(mode, LatencyPercentiles::max).forEach(line -> chart.line("max", line));
        ChartSeries.latency(mode, LatencyPercentiles::p95).forEach(line -> chart.line("p95", line));
        ChartSeries.latency(mode, LatencyPercentiles::p50).forEach(line -> chart.line("p50", line));
        return figure(chart, List.of("p50", "p95", "max"));
    }

    /** Returns the answers and failures of a mode over time; the charts of all modes are as high. */
    static String throughput(ModeResult mode, List<ModeResult> all) {
        List<Bar> answers = ChartSeries.answers(mode);
        List<Bar> failures = ChartSeries.failures(mode);
        double most = all.stream()
                .mapToDouble(each -> Math.max(highest(ChartSeries.answers(each)), highest(ChartSeries.failures(each))))
                .max()
                .orElse(1);
        Chart chart = new Chart(
                "Answers and failures over time, " + mode.mode().label(),
                seconds(mode),
                Axis.roundUpTo("requests that ended, a second", most));
        answers.forEach(bar -> chart.bar("answers", bar));
        failures.forEach(bar -> chart.bar("failures", bar));
        return figure(chart, failures.isEmpty() ? List.of("answers") : List.of("answers", "failures"));
    }

    private static Axis seconds(ModeResult mode) {
        double elapsed = mode.measured().whole().elapsed().toNanos() / 1e9;
        return Axis.exactlyTo("seconds since the start", Math.max(1e-3, elapsed));
    }

    private static double highest(List<Bar> bars) {
        return bars.stream().mapToDouble(Bar::top).max().orElse(1);
    }

    private static String figure(Chart chart, List<String> legend) {
        StringBuilder keys = new StringBuilder();
        legend.forEach(key -> keys.append("<span class=\"key ").append(key).append("\">").append(key).append("</span>"));
        return Markup.element("figure", Markup.element("figcaption", keys.toString()) + chart.svg());
    }
}
