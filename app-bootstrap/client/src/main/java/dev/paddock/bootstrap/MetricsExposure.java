package dev.paddock.bootstrap;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.metrics.dropwizard.DropwizardMetrics;
import dev.paddock.adapters.metrics.dropwizard.JmxReporting;
import dev.paddock.adapters.metrics.dropwizard.PoolGauges;
import dev.paddock.adapters.metrics.dropwizard.PrometheusText;
import dev.paddock.bootstrap.config.MetricsSettings;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the measurements of a client go, and where they can be read: as a page and, if the settings say so, by JMX.
 *
 * @param port receives the measurements
 * @param own the port of the application, or null when it has none
 * @param registry receives the measurements, and is what the page and JMX show; null when the application has a port of its own
 * @param beans closes what {@link #start} opened
 */
record MetricsExposure(MetricsPort port, @Nullable MetricsPort own, @Nullable DropwizardMetrics registry, Lifecycle beans)
        implements AutoCloseable {

    /** More than there are pairs of an operation and an outcome. */
    private static final int SERIES_PER_METRIC = 500;

    static MetricsExposure of(@Nullable MetricsPort own, Collection<MetricsPort> more) {
        DropwizardMetrics registry = own == null ? DropwizardMetrics.create(SERIES_PER_METRIC) : null;
        MetricsPort port = own == null ? requireNonNull(registry) : own;
        for (MetricsPort further : more) {
            port = port.and(further);
        }
        return new MetricsExposure(port, own, registry, new Lifecycle());
    }

    private DropwizardMetrics shown() {
        return registry == null ? DropwizardMetrics.create(SERIES_PER_METRIC) : registry; // for the figures of the pool
    }

    void start(MetricsSettings settings, PoolPort pool) {
        if (settings.jmx()) {
            DropwizardMetrics shown = shown();
            beans.onClose(PoolGauges.register(shown, pool)::close);
            beans.onClose(JmxReporting.start(shown)::close);
        }
    }

    DurationSummaryPort durations() {
        if (registry != null) {
            return registry;
        }
        return own instanceof DurationSummaryPort summaries ? summaries : series -> null;
    }

    void writeTo(OutputStream stream, PoolPort pool) throws IOException {
        new PrometheusText(shown(), pool).writeTo(stream);
    }

    Map<String, Double> values(PoolPort pool, Predicate<Metric> wanted) {
        return new PrometheusText(shown(), pool).values(wanted);
    }

    @Override
    public void close() {
        beans.close();
    }
}
