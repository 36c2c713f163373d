package dev.paddock.adapters.metrics.dropwizard;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Counter;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.metrics.PoolSeries;
import dev.paddock.ports.pool.PoolPort;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measurements and pool figures in the text format of Prometheus, version 0.0.4.
 *
 * <p>Counters end in {@code _total}. Durations are histograms in seconds: unlike quantiles, buckets can be added up over several
 * processes. An unknown number is left out. The order is by name and labels. Metrics of other users of the registry are left out.
 * Thread-safe.
 */
public final class PrometheusText {

    /** The media type of the page. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final DropwizardMetrics metrics;
    private final PoolPort pool;
    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();

    /** Creates the page of the given measurements and pool. */
    public PrometheusText(DropwizardMetrics metrics, PoolPort pool) {
        this.metrics = requireNonNull(metrics, "metrics");
        this.pool = requireNonNull(pool, "pool");
    }

    /**
     * Writes the current figures in UTF-8. The stream stays open.
     *
     * @throws IOException if the stream fails
     */
    public void writeTo(OutputStream stream) throws IOException {
        writer.write(stream, snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    }

    /**
     * Returns the current numbers of some metrics of the measurements, by the names and labels that they have on the page; of durations their
     * count and their sum. Other metrics are not read, which makes this much cheaper than the page. Numbers that are not finite are left out.
     */
    public Map<String, Double> values(Predicate<Metric> wanted) {
        Map<String, Double> values = new TreeMap<>();
        forEach(metrics.counters(), wanted, (series, counter) -> put(values, series, "_total", total(counter)));
        forEach(metrics.gauges(), wanted, (series, gauge) -> put(values, series, "", gauge.getValue()));
        forEach(metrics.durations(), wanted, (series, timer) -> {
            DurationHistogram durations = timer.durations();
            put(values, series, "_count", (double) LongStream.of(durations.counts()).sum());
            put(values, series, "_sum", durations.sumSeconds());
        });
        return values;
    }

    private static <I> void forEach(Map<Series, I> instruments, Predicate<Metric> wanted, BiConsumer<Series, I> action) {
        instruments.forEach((series, instrument) -> {
            if (wanted.test(series.metric())) {
                action.accept(series, instrument);
            }
        });
    }

    private static void put(Map<String, Double> values, Series series, String end, double value) {
        if (Double.isFinite(value)) {
            List<String> labels = series.metric().labels();
            String text = IntStream.range(0, labels.size())
                    .mapToObj(index -> labels.get(index) + "=\"" + escaped(series.values().get(index)) + "\"")
                    .sorted()
                    .collect(Collectors.joining(","));
            values.put(PrometheusFamilies.name(series.metric()) + end + (text.isEmpty() ? "" : "{" + text + "}"), value);
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private MetricSnapshots snapshots() {
        PoolSeries figures = PoolSeries.of(pool.pools());
        PrometheusFamilies families = new PrometheusFamilies();
        // The pool's own figures come first and win over measurements of the same name.
        families.addCounters(figures.totals());
        families.addGauges(figures.states());
        families.addCounters(values(metrics.counters(), PrometheusText::total));
        families.addHistograms(values(metrics.durations(), DurationTimer::durations));
        families.addGauges(values(metrics.gauges(), ReplaceableGauge::getValue));
        return families.snapshots();
    }

    private static double total(Counter counter) {
        return counter.getCount();
    }

    private static <I, V> Map<Series, V> values(Map<Series, I> instruments, Function<I, V> value) {
        Map<Series, V> values = HashMap.newHashMap(instruments.size());
        instruments.forEach((series, instrument) -> values.put(series, value.apply(instrument)));
        return values;
    }
}
