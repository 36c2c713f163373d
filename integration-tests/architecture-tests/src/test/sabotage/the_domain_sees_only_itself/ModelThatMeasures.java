package dev.paddock.domain.model;

import dev.paddock.ports.metrics.MetricsPort;

final class ModelThatMeasures {
    MetricsPort metrics;
}
