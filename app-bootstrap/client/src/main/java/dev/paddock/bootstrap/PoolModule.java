package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.paddock.adapters.http.exchange.TransportPoolPort;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.pool.PoolPort;

/** One client's share in a pool of connections. */
final class PoolModule extends AbstractModule {

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
