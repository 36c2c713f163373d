package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.paddock.adapters.http.exchange.PoolMeasurements;
import dev.paddock.adapters.http.exchange.TransportPoolPort;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import java.util.Set;

/** The transport and the pool of connections above it. */
final class PoolModule extends AbstractModule {

    private static final NamedChoice<HttpTransportFactory> TRANSPORTS =
            new NamedChoice<>("paddock.transport", HttpTransportFactory::name);

    @Provides
    @Singleton
    @Chosen
    HttpTransportFactory transport(Set<HttpTransportFactory> factories, PaddockSettings settings) {
        return TRANSPORTS.choose(settings.connections().transport(), factories);
    }

    @Provides
    @Singleton
    PoolListener listener(MetricsPort metrics) {
        return new PoolMeasurements(metrics);
    }

    @Provides
    @Singleton
    TransportPoolManager manager(
            @Chosen HttpTransportFactory factory, PoolListener listener, Ticker ticker, Lifecycle lifecycle) {
        TransportPoolManager manager = new TransportPoolManager(factory, listener, ticker);
        lifecycle.onClose(manager::close);
        return manager;
    }

    @Provides
    @Singleton
    TransportLease lease(TransportPoolManager manager, PaddockSettings settings, Lifecycle lifecycle) {
        TransportLease lease = manager.lease(
                settings.server().baseUrl().endpoint(),
                settings.connections().timing(),
                settings.connections().pool());
        lifecycle.onClose(lease::close);
        return lease;
    }

    @Provides
    @Singleton
    PoolPort pool(TransportPoolManager manager) {
        return new TransportPoolPort(manager);
    }
}
