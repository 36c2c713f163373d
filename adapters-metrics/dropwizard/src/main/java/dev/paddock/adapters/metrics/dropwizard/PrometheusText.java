package dev.paddock.adapters.metrics.dropwizard;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Counter;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.metrics.PoolSeries;
import dev.paddock.ports.pool.PoolPort;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

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
