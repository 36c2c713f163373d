package dev.paddock.adapters.metrics.micrometer;

import dev.paddock.tck.metrics.MetricsPortTestSuite;
import dev.paddock.tck.metrics.MetricsUnderTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class SimpleRegistryTest extends MetricsPortTestSuite {

    @Override
    protected MetricsUnderTest create(int seriesPerMetric) {
        return new RegistryUnderTest(new SimpleMeterRegistry(), seriesPerMetric);
    }
}
