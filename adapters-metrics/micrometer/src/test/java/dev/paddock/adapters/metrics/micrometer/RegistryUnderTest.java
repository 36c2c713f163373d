package dev.paddock.adapters.metrics.micrometer;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.tck.metrics.MetricsUnderTest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The port over a registry, read as that registry shows it. */
final class RegistryUnderTest implements MetricsUnderTest {

    private final MeterRegistry registry;
    private final MicrometerMetrics port;

    RegistryUnderTest(MeterRegistry registry, int seriesPerMetric) {
        this.registry = registry;
        this.port = new MicrometerMetrics(registry, Tags.empty(), seriesPerMetric);
    }

    @Override
    public MetricsPort port() {
        return port;
    }

    @Override
    public Double number(Series series) {
        return switch (meter(series)) {
            case Counter counter -> counter.count();
            case FunctionCounter total -> total.count();
            case Gauge gauge -> Double.isNaN(gauge.value()) ? null : Double.valueOf(gauge.value());
            case null, default -> null;
        };
    }

    @Override
    public ShownDurations durations(Series series) {
        if (!(meter(series) instanceof Timer timer)) {
            return null;
        }
        HistogramSnapshot snapshot = timer.takeSnapshot();
        List<Long> buckets = new ArrayList<>();
        long below = 0;
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            long count = (long) bucket.count();
            buckets.add(count - below);
            below = count;
        }
        buckets.add(timer.count() - below);
        return new ShownDurations(timer.count(), timer.totalTime(TimeUnit.NANOSECONDS) / 1e9, buckets);
    }

    @Override
    public int seriesOf(Metric metric) {
        refresh();
        return registry.find(metric.name()).meters().size();
    }

    @Override
    public ShownPool show(PoolPort pool) {
        PoolMeters meters = new PoolMeters(pool);
        meters.bindTo(registry);
        return meters::close;
    }

    @Override
    public void close() {
        registry.close();
    }

    private Meter meter(Series series) {
        refresh();
        List<Tag> tags = new ArrayList<>();
        for (int index = 0; index < series.values().size(); index++) {
            tags.add(Tag.of(series.metric().labels().get(index), series.values().get(index)));
        }
        return registry.find(series.metric().name()).tags(tags).meter();
    }

    /** Reads what an exporter would read, so that the meters of the pool are those of the present endpoints. */
    private void refresh() {
        registry.find("paddock.pool.endpoints").gauges().forEach(Gauge::value);
    }
}
