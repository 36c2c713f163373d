package dev.paddock.adapters.metrics.dropwizard;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Groups series into families of Prometheus: one type and one help per name. Confined to one thread. */
final class PrometheusFamilies {

    private static final String SECONDS = "seconds";

    /** The end of the names of gauges that only grow. */
    private static final String TOTAL = ".total";

    private final List<MetricSnapshot> families = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    void addCounters(Map<Series, Double> totals) {
        byMetric(totals).forEach((metric, series) -> {
            CounterSnapshot.Builder family = CounterSnapshot.builder().name(name(metric)).help(metric.description());
            series.forEach((one, total) -> family.dataPoint(
                    CounterDataPointSnapshot.builder().labels(labels(one)).value(total).build()));
            add(family.build());
        });
    }

    /** Adds the known numbers, those that only grow as counters. */
    void addGauges(Map<Series, Double> numbers) {
        Map<Series, Double> known = new HashMap<>(numbers);
        known.values().removeIf(number -> number.isNaN());
        Map<Series, Double> totals = new HashMap<>(known);
        totals.keySet().removeIf(series -> !series.metric().name().endsWith(TOTAL));
        addCounters(totals);
        known.keySet().removeAll(totals.keySet());
        byMetric(known).forEach((metric, series) -> {
            GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name(metric)).help(metric.description());
            series.forEach((one, number) -> family.dataPoint(
                    GaugeDataPointSnapshot.builder().labels(labels(one)).value(number).build()));
            add(family.build());
        });
    }

    void addHistograms(Map<Series, DurationHistogram> durations) {
        byMetric(durations).forEach((metric, series) -> {
            HistogramSnapshot.Builder family =
                    HistogramSnapshot.builder().name(name(metric)).help(metric.description());
            series.forEach((one, values) -> family.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(labels(one))
                    .classicHistogramBuckets(buckets(values))
                    .sum(values.sumSeconds())
                    .build()));
            add(family.build());
        });
    }

    /** Returns the families, sorted by name and in each the series by label values. */
    MetricSnapshots snapshots() {
        return new MetricSnapshots(families);
    }

    // A second family of the same name would make the whole page invalid, so the first one wins.
    private void add(MetricSnapshot family) {
        if (names.add(family.getMetadata().getPrometheusName())) {
            families.add(family);
        }
    }

    private static <V> Map<Metric, Map<Series, V>> byMetric(Map<Series, V> values) {
        Map<Metric, Map<Series, V>> grouped = new HashMap<>();
        values.forEach((series, value) ->
                grouped.computeIfAbsent(series.metric(), metric -> new HashMap<>()).put(series, value));
        return grouped;
    }

    // Only seconds are part of a name: other units, such as connections, name the counted things.
    static String name(Metric metric) {
        String plain = metric.name().endsWith(TOTAL) ? metric.name().substring(0, metric.name().length() - TOTAL.length()) : metric.name();
        String name = PrometheusNaming.prometheusName(plain);
        boolean unitMissing = metric.unit().equals(SECONDS) && !name.endsWith("_" + SECONDS);
        return unitMissing ? name + "_" + SECONDS : name;
    }

    private static ClassicHistogramBuckets buckets(DurationHistogram durations) {
        return ClassicHistogramBuckets.of(DurationHistogram.upperBoundsSeconds(), durations.counts());
    }

    private static Labels labels(Series series) {
        return Labels.of(
                series.metric().labels().stream().map(PrometheusNaming::sanitizeLabelName).toList(), series.values());
    }
}
