package dev.paddock.adapters.metrics.dropwizard;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.tck.metrics.MetricsPortTestSuite;
import dev.paddock.tck.metrics.MetricsUnderTest;
import dev.paddock.tck.metrics.PoolFiguresTestSuite;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;

class DropwizardContractTest {

    @Nested
    class Port extends MetricsPortTestSuite {

        @Override
        protected MetricsUnderTest create(int seriesPerMetric) {
            return new RegistryUnderTest(seriesPerMetric);
        }
    }

    @Nested
    class Pool extends PoolFiguresTestSuite {

        @Override
        protected MetricsUnderTest create() {
            return new RegistryUnderTest(200);
        }
    }

    /** The port over a registry, read as reporters of that registry read it. */
    private static final class RegistryUnderTest implements MetricsUnderTest {

        private final MetricRegistry registry = new MetricRegistry();
        private final DropwizardMetrics metrics;

        RegistryUnderTest(int seriesPerMetric) {
            metrics = new DropwizardMetrics(registry, seriesPerMetric);
        }

        @Override
        public MetricsPort port() {
            return metrics;
        }

        @Override
        public Double number(Series series) {
            return switch (registry.getMetrics().get(SeriesName.of(series))) {
                case Counter counter -> (double) counter.getCount();
                case Gauge<?> gauge when gauge.getValue() instanceof Double number && !number.isNaN() -> number;
                case null, default -> null;
            };
        }

        @Override
        public ShownDurations durations(Series series) {
            DurationTimer timer = metrics.durations().get(series);
            if (timer == null) {
                return null;
            }
            DurationHistogram durations = timer.durations();
            return new ShownDurations(
                    timer.timer().getCount(), durations.sumSeconds(), LongStream.of(durations.counts()).boxed().toList());
        }

        @Override
        public int seriesOf(Metric metric) {
            return (int) registry.getNames().stream()
                    .map(metrics.registered()::find)
                    .filter(series -> series != null && series.metric().equals(metric))
                    .count();
        }

        @Override
        public ShownPool show(PoolPort pool) {
            return PoolGauges.register(metrics, pool)::close;
        }

        @Override
        public void close() {
            registry.removeMatching((name, metric) -> true);
        }
    }
}
