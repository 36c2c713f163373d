package dev.paddock.adapters.metrics.micrometer;

import dev.paddock.tck.metrics.MetricsUnderTest;
import dev.paddock.tck.metrics.PoolFiguresTestSuite;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

class PoolMetersTest extends PoolFiguresTestSuite {

    @Override
    protected MetricsUnderTest create() {
        return new RegistryUnderTest(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), 200);
    }
}
