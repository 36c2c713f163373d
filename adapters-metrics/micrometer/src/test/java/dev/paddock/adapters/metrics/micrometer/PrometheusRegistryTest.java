package dev.paddock.adapters.metrics.micrometer;

import dev.paddock.tck.metrics.MetricsPortTestSuite;
import dev.paddock.tck.metrics.MetricsUnderTest;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

class PrometheusRegistryTest extends MetricsPortTestSuite {

    @Override
    protected MetricsUnderTest create(int seriesPerMetric) {
        return new RegistryUnderTest(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), seriesPerMetric);
    }
}
