package dev.paddock.adapters.metrics.opentelemetry;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.metrics.CardinalityLimit;
import dev.paddock.domain.metrics.Instruments;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.ports.metrics.MetricsPort;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Measurements as instruments of OpenTelemetry, under the names of {@link Metric}: counters, histograms with fixed buckets, gauges and
 * up-down counters.
 *
 * <p>A metric has a bounded number of series; further ones are combined under the label value {@code other}, of gauges the one registered
 * last. An unknown gauge is left out. Negative amounts and durations are ignored. Thread-safe.
 */
public final class OpenTelemetryMetrics implements MetricsPort, AutoCloseable {

    static final String SCOPE = "dev.paddock";

    private static final int DEFAULT_SERIES_PER_METRIC = 500;
    private static final double NANOS_PER_SECOND = 1e9;

    private final MetricInstruments instruments;
    private final Instruments<SeriesCounter> counters;
    private final Instruments<SeriesHistogram> durations;
    private final Instruments<SeriesLevel> levels;
    private final Instruments<SeriesGauge> gauges;
    private final Set<ObservableDoubleGauge> observed = ConcurrentHashMap.newKeySet();

    /** Creates the port, with at most 500 series per metric. */
    public OpenTelemetryMetrics(OpenTelemetry openTelemetry) {
        this(openTelemetry, DEFAULT_SERIES_PER_METRIC);
    }

    /**
     * Creates the port.
     *
     * @param seriesPerMetric the maximum number of series of a metric, without {@code other}
     * @throws IllegalArgumentException if that is less than 1
     */
    public OpenTelemetryMetrics(OpenTelemetry openTelemetry, int seriesPerMetric) {
        this.instruments = new MetricInstruments(requireNonNull(openTelemetry, "openTelemetry").getMeter(SCOPE));
        CardinalityLimit limit = new CardinalityLimit(seriesPerMetric);
        this.counters = new Instruments<>(limit, series ->
                new SeriesCounter(instruments.counter(series.metric()), MetricInstruments.attributes(series)));
        this.durations = new Instruments<>(limit, series ->
                new SeriesHistogram(instruments.durations(series.metric()), MetricInstruments.attributes(series)));
        this.levels = new Instruments<>(limit, series ->
                new SeriesLevel(instruments.level(series.metric()), MetricInstruments.attributes(series)));
        this.gauges = new Instruments<>(limit, series -> new SeriesGauge(MetricInstruments.attributes(series)));
    }

    @Override
    public void count(Series series, long amount) {
        if (amount >= 0) {
            SeriesCounter counter = counters.of(series);
            counter.instrument.add(amount, counter.attributes);
        }
    }

    @Override
    public void duration(Series series, Duration duration) {
        if (!duration.isNegative()) {
            SeriesHistogram histogram = durations.of(series);
            histogram.instrument.record(TimeUnit.NANOSECONDS.convert(duration) / NANOS_PER_SECOND, histogram.attributes);
        }
    }

    @Override
    public void adjust(Series series, long change) {
        SeriesLevel level = levels.of(series);
        level.instrument.add(change, level.attributes);
    }

    @Override
    public void gauge(Series series, DoubleSupplier source) {
        gauges.of(series).source = requireNonNull(source, "source");
        Metric metric = series.metric();
        observed.add(instruments.gauge(metric, measurement -> observe(metric, measurement)));
    }

    private void observe(Metric metric, ObservableDoubleMeasurement measurement) {
        gauges.all().forEach((series, gauge) -> {
            if (series.metric().equals(metric)) {
                double number = gauge.read();
                if (!Double.isNaN(number)) {
                    measurement.record(number, gauge.attributes);
                }
            }
        });
    }

    /** Ends the reading of gauges, whose sources end with the client. */
    @Override
    public void close() {
        observed.forEach(ObservableDoubleGauge::close);
    }

    private record SeriesCounter(LongCounter instrument, Attributes attributes) {}

    private record SeriesHistogram(DoubleHistogram instrument, Attributes attributes) {}

    private record SeriesLevel(LongUpDownCounter instrument, Attributes attributes) {}

    /** A number whose source can be replaced; NaN is unknown. */
    private static final class SeriesGauge {

        private final Attributes attributes;
        private volatile DoubleSupplier source = () -> Double.NaN;

        SeriesGauge(Attributes attributes) {
            this.attributes = attributes;
        }

        double read() {
            try {
                return source.getAsDouble();
            } catch (RuntimeException failure) {
                return Double.NaN; // one of them must not hide the others
            }
        }
    }
}
