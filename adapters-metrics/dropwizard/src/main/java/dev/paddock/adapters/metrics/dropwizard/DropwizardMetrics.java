package dev.paddock.adapters.metrics.dropwizard;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import dev.paddock.domain.metrics.CardinalityLimit;
import dev.paddock.domain.metrics.DurationSummary;
import dev.paddock.domain.metrics.Instruments;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measurements in a Dropwizard registry: counters, timers and gauges by names such as
 * {@code paddock.requests{operation="chat",outcome="ok"}}.
 *
 * <p>Quantiles and maximum of durations are exact and of the last minute. An unknown gauge is NaN in the registry. A metric has a
 * bounded number of series; further ones are combined under the label value {@code other}, of gauges the one registered last.
 * Negative amounts and durations are ignored.
 *
 * <p>Thread-safe. Nothing is thrown, not even if the registry or a listener of it throws; the only wait is for a lock held while one
 * duration is stored.
 */
public final class DropwizardMetrics implements MetricsPort, DurationSummaryPort {

    private static final int DEFAULT_SERIES_PER_METRIC = 200;

    private final RegisteredSeries registered;
    private final Instruments<Counter> counters;
    private final Instruments<DurationTimer> durations;
    private final Instruments<ReplaceableGauge> gauges;
    private final Instruments<LongAdder> levels;

    /** Creates the port with its own registry and at most 200 series per metric. */
    public static DropwizardMetrics create() {
        return new DropwizardMetrics(new MetricRegistry());
    }

    /**
     * Creates the port with its own registry.
     *
     * @param seriesPerMetric the maximum number of series of a metric, without {@code other}
     * @throws IllegalArgumentException if that is less than 1
     */
    public static DropwizardMetrics create(int seriesPerMetric) {
        return new DropwizardMetrics(new MetricRegistry(), seriesPerMetric);
    }

    /** Creates the port for a registry, which may have other users, with at most 200 series per metric. */
    public DropwizardMetrics(MetricRegistry registry) {
        this(registry, DEFAULT_SERIES_PER_METRIC);
    }

    /**
     * Creates the port for a registry, which may have other users.
     *
     * @param seriesPerMetric the maximum number of series of a metric, without {@code other}
     * @throws IllegalArgumentException if that is less than 1
     */
    public DropwizardMetrics(MetricRegistry registry, int seriesPerMetric) {
        this(registry, seriesPerMetric, Clock.defaultClock());
    }

    DropwizardMetrics(MetricRegistry registry, int seriesPerMetric, Clock clock) {
        this.registered = new RegisteredSeries(requireNonNull(registry, "registry"));
        CardinalityLimit limit = new CardinalityLimit(seriesPerMetric);
        this.counters = new Instruments<>(limit, this::createCounter);
        this.durations = new Instruments<>(limit, series -> createTimer(series, clock));
        this.gauges = new Instruments<>(limit, this::createGauge);
        this.levels = new Instruments<>(limit, this::createLevel);
    }

    /** Returns the registry that holds the measurements. */
    public MetricRegistry registry() {
        return registered.registry();
    }

    @Override
    public void count(Series series, long amount) {
        if (amount >= 0) {
            counters.of(series).inc(amount);
        }
    }

    @Override
    public void duration(Series series, Duration duration) {
        durations.of(series).timer().update(TimeUnit.NANOSECONDS.convert(duration), TimeUnit.NANOSECONDS);
    }

    @Override
    public void gauge(Series series, DoubleSupplier source) {
        gauges.of(series).replace(requireNonNull(source, "source"));
    }

    @Override
    public void adjust(Series series, long change) {
        levels.of(series).add(change);
    }

    @Override
    public @Nullable DurationSummary summary(Series series) {
        DurationTimer timer = durations.all().get(series);
        return timer == null ? null : timer.durations().summary();
    }

    RegisteredSeries registered() {
        return registered;
    }

    Map<Series, Counter> counters() {
        return counters.all();
    }

    Map<Series, DurationTimer> durations() {
        return durations.all();
    }

    Map<Series, ReplaceableGauge> gauges() {
        return gauges.all();
    }

    private Counter createCounter(Series series) {
        Counter counter = new Counter();
        registered.add(series, counter);
        return counter;
    }

    private DurationTimer createTimer(Series series, Clock clock) {
        DurationTimer timer = DurationTimer.create(clock);
        registered.add(series, timer.timer());
        return timer;
    }

    private LongAdder createLevel(Series series) {
        LongAdder level = new LongAdder();
        gauges.of(series).replace(level::doubleValue);
        return level;
    }

    private ReplaceableGauge createGauge(Series series) {
        ReplaceableGauge gauge = new ReplaceableGauge();
        registered.add(series, gauge);
        return gauge;
    }
}
