package dev.paddock.bootstrap;

import dev.paddock.adapters.metrics.DropwizardMetrics;
import dev.paddock.adapters.metrics.JmxReporting;
import dev.paddock.adapters.metrics.PoolGauges;
import dev.paddock.adapters.metrics.PrometheusText;
import dev.paddock.bootstrap.config.MetricsSettings;
import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.pool.PoolPort;
import java.io.IOException;
import java.io.OutputStream;

/** Where the measurements can be seen: on a page, and by JMX if that is wanted. */
final class MetricsExposure implements AutoCloseable {

    private final DropwizardMetrics registry;
    private final PoolPort pool;
    private final PrometheusText page;
    private final Lifecycle beans = new Lifecycle();

    MetricsExposure(DropwizardMetrics registry, PoolPort pool) {
        this.registry = registry;
        this.pool = pool;
        this.page = new PrometheusText(registry, pool);
    }

    /** Shows them by JMX, if the settings say so. */
    void start(MetricsSettings settings) {
        if (settings.jmx()) {
            beans.onClose(PoolGauges.register(registry, pool)::close);
            beans.onClose(JmxReporting.start(registry)::close);
        }
    }

    /** Returns the port that shows the percentiles of durations. */
    DurationSummaryPort durations() {
        return registry;
    }

    /** Writes the page. */
    void writeTo(OutputStream stream) throws IOException {
        page.writeTo(stream);
    }

    /** Ends what {@link #start} began; the page stays. */
    @Override
    public void close() {
        beans.close();
    }
}
