package dev.paddock.adapters.metrics.dropwizard;

import com.google.inject.Inject;

final class MetricsMadeByGuice {
    @Inject
    MetricsMadeByGuice() {}
}
