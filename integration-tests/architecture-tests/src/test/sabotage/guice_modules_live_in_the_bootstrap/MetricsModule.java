package dev.paddock.adapters.metrics.dropwizard;

import com.google.inject.AbstractModule;

final class MetricsModule extends AbstractModule {}
