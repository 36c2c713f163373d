package dev.paddock.adapters.metrics.micrometer;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.metrics.CardinalityLimit;
import dev.paddock.domain.metrics.DurationBuckets;
import dev.paddock.domain.metrics.Instruments;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.ports.metrics.MetricsPort;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * Measurements in a Micrometer registry, which may have other users: counters, timers with buckets, and gauges. A Prometheus registry
 * shows them under the names that the gateway's own page has, for example {@code paddock_requests_total}. Only a name with an end that
 * Prometheus reserves has its unit, too: {@code paddock_pool_created_connections_total}.
 *
 * <p>A metric has a bounded number of series; further ones are combined under the label value {@code other}, of gauges the one registered
 * last. An unknown gauge is NaN. Negative amounts and durations are ignored. A meter that the registry refuses, such as one whose name the
 * application uses for another kind, is logged once and counts nothing.
 *
 * <p>Clients with one port add their measurements up. Clients with ports of their own over one registry need different tags: a registry has
 * each gauge once. Thread-safe.
 */
public final class MicrometerMetrics implements MetricsPort, AutoCloseable {

    private static final int DEFAULT_SERIES_PER_METRIC = 500;

    private static final Duration[] BUCKETS = Arrays.stream(DurationBuckets.upperBoundsSeconds())
            .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * TimeUnit.SECONDS.toNanos(1))))
            .toArray(Duration[]::new);

    private final MeterFactory meters;
    private final Instruments<Counter> counters;
    private final Instruments<Timer> timers;
    private final Instruments<ReplaceableGauge> gauges;
    private final Instruments<LongAdder> levels;

    /** Creates the port for a registry, with at most 500 series per metric. */
    public MicrometerMetrics(MeterRegistry registry) {
        this(registry, Tags.empty(), DEFAULT_SERIES_PER_METRIC);
    }

    /**
     * Creates the port for a registry.
     *
     * @param tags what each meter has besides the labels of its metric
     * @param seriesPerMetric the maximum number of series of a metric, without {@code other}
     * @throws IllegalArgumentException if that is less than 1
     */
    public MicrometerMetrics(MeterRegistry registry, Tags tags, int seriesPerMetric) {
        this.meters = new MeterFactory(requireNonNull(registry, "registry"), requireNonNull(tags, "tags"));
        CardinalityLimit limit = new CardinalityLimit(seriesPerMetric);
        this.counters = new Instruments<>(limit, this::counter);
        this.timers = new Instruments<>(limit, this::timer);
        this.gauges = new Instruments<>(limit, this::replaceableGauge);
        this.levels = new Instruments<>(limit, this::level);
    }

    @Override
    public void count(Series series, long amount) {
        if (amount >= 0) {
            counters.of(series).increment((double) amount);
        }
    }

    @Override
    public void duration(Series series, Duration duration) {
        if (!duration.isNegative()) {
            timers.of(series).record(TimeUnit.NANOSECONDS.convert(duration), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void gauge(Series series, DoubleSupplier source) {
        gauges.of(series).replace(requireNonNull(source, "source"));
    }

    @Override
    public void adjust(Series series, long change) {
        levels.of(series).add(change);
    }

    /** Removes the gauges, whose sources end with the client. Counters and timers stay, and a later port goes on with them. */
    @Override
    public void close() {
        meters.removeAll();
    }

    private Counter counter(Series series) {
        return meters.create(series, (registry, tags) -> Counter.builder(series.metric().name())
                .description(series.metric().description())
                .tags(tags)
                .baseUnit(MeterFactory.unit(series.metric()))
                .register(registry));
    }

    private Timer timer(Series series) {
        return meters.create(series, (registry, tags) -> Timer.builder(series.metric().name())
                .description(series.metric().description())
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }

    private ReplaceableGauge replaceableGauge(Series series) {
        ReplaceableGauge gauge = new ReplaceableGauge();
        meters.addGauge(series, gauge::value);
        return gauge;
    }

    private LongAdder level(Series series) {
        LongAdder level = new LongAdder();
        gauges.of(series).replace(level::doubleValue);
        return level;
    }
}
