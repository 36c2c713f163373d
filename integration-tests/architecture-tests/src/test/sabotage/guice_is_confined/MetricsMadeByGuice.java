package dev.paddock.adapters.metrics;

import com.google.inject.Inject;

final class MetricsMadeByGuice {
    @Inject
    MetricsMadeByGuice() {}
}
