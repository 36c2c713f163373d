package dev.paddock.adapters.metrics;

import com.google.inject.AbstractModule;

final class MetricsModule extends AbstractModule {}
