package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.paddock.adapters.metrics.DropwizardMetrics;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;

/** The measurements, and where they can be seen. */
final class MetricsModule extends AbstractModule {

    @Provides
    @Singleton
    DropwizardMetrics registry() {
        return DropwizardMetrics.create();
    }

    @Provides
    @Singleton
    MetricsPort metrics(DropwizardMetrics registry) {
        return registry;
    }

    @Provides
    @Singleton
    MetricsExposure exposure(
            DropwizardMetrics registry, PoolPort pool, PaddockSettings settings, Lifecycle lifecycle) {
        MetricsExposure exposure = new MetricsExposure(registry, pool);
        lifecycle.onClose(exposure::close);
        exposure.start(settings.metrics());
        return exposure;
    }
}
