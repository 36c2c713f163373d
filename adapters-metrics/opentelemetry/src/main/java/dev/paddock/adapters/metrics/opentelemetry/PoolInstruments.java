package dev.paddock.adapters.metrics.opentelemetry;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.metrics.PoolMetrics;
import dev.paddock.domain.metrics.PoolSeries;
import dev.paddock.ports.pool.PoolPort;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connection pool as asynchronous instruments: connections that are leased, idle, created, reused and closed by reason, waiting calls and
 * limits, each by endpoint. A figure that the pool does not know is left out. Thread-safe.
 */
public final class PoolInstruments implements AutoCloseable {

    private static final List<Metric> STATES =
            List.of(PoolMetrics.LEASED, PoolMetrics.IDLE, PoolMetrics.PENDING, PoolMetrics.LIMIT);
    private static final List<Metric> TOTALS =
            List.of(PoolMetrics.CREATED, PoolMetrics.LEASES, PoolMetrics.CLOSED, PoolMetrics.EXHAUSTED);

    private final PoolPort pool;
    private final Map<Metric, ObservableLongMeasurement> measurements = new HashMap<>(); // not changed after the constructor
    private final BatchCallback callback;

    /** Shows a pool until this is closed. */
    public PoolInstruments(OpenTelemetry openTelemetry, PoolPort pool) {
        this.pool = requireNonNull(pool, "pool");
        Meter meter = openTelemetry.getMeter(OpenTelemetryMetrics.SCOPE);
        STATES.forEach(metric -> measurements.put(metric, meter.upDownCounterBuilder(metric.name())
                .setUnit(MetricInstruments.unit(metric))
                .setDescription(metric.description())
                .buildObserver()));
        TOTALS.forEach(metric -> measurements.put(metric, meter.counterBuilder(metric.name())
                .setUnit(MetricInstruments.unit(metric))
                .setDescription(metric.description())
                .buildObserver()));
        ObservableLongMeasurement[] all = measurements.values().toArray(ObservableLongMeasurement[]::new);
        this.callback = meter.batchCallback(this::observe, all[0], (ObservableMeasurement[]) all);
    }

    private void observe() {
        PoolSeries figures = PoolSeries.of(pool.pools());
        figures.states().forEach(this::record);
        figures.totals().forEach(this::record);
    }

    private void record(Series series, double number) {
        ObservableLongMeasurement measurement = measurements.get(series.metric());
        if (measurement != null) {
            measurement.record((long) number, MetricInstruments.attributes(series));
        }
    }

    /** Shows the pool no longer. */
    @Override
    public void close() {
        callback.close();
    }
}
