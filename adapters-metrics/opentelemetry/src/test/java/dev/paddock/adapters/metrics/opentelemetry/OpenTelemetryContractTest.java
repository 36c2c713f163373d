package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.tck.metrics.MetricsPortTestSuite;
import dev.paddock.tck.metrics.MetricsUnderTest;
import dev.paddock.tck.metrics.PoolFiguresTestSuite;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

class OpenTelemetryContractTest {

    @Nested
    class Port extends MetricsPortTestSuite {

        @Override
        protected MetricsUnderTest create(int seriesPerMetric) {
            return new SdkUnderTest(seriesPerMetric);
        }
    }

    @Nested
    class Pool extends PoolFiguresTestSuite {

        @Override
        protected MetricsUnderTest create() {
            return new SdkUnderTest(200);
        }
    }

    /** The port over the SDK, read as exporters read it. */
    private static final class SdkUnderTest implements MetricsUnderTest {

        private final InMemoryMetricReader reader = InMemoryMetricReader.create();
        private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
                .build();
        private final OpenTelemetryMetrics port;

        SdkUnderTest(int seriesPerMetric) {
            this.port = new OpenTelemetryMetrics(sdk, seriesPerMetric);
        }

        @Override
        public MetricsPort port() {
            return port;
        }

        @Override
        public Double number(Series series) {
            return points(series.metric())
                    .filter(point -> point.getAttributes().equals(MetricInstruments.attributes(series)))
                    .map(point -> switch (point) {
                        case LongPointData number -> (double) number.getValue();
                        case DoublePointData number -> number.getValue();
                        default -> null;
                    })
                    .findAny()
                    .orElse(null);
        }

        @Override
        public ShownDurations durations(Series series) {
            return points(series.metric())
                    .filter(point -> point.getAttributes().equals(MetricInstruments.attributes(series)))
                    .map(HistogramPointData.class::cast)
                    .map(point -> new ShownDurations(point.getCount(), point.getSum(), point.getCounts()))
                    .findAny()
                    .orElse(null);
        }

        @Override
        public int seriesOf(Metric metric) {
            return (int) points(metric).count();
        }

        @Override
        public ShownPool show(PoolPort pool) {
            return new PoolInstruments(sdk, pool)::close;
        }

        @Override
        public void close() {
            sdk.close();
        }

        private Stream<? extends PointData> points(Metric metric) {
            return reader.collectAllMetrics().stream()
                    .filter(data -> data.getName().equals(metric.name()))
                    .map(MetricData::getData)
                    .flatMap(data -> data.getPoints().stream());
        }
    }
}
