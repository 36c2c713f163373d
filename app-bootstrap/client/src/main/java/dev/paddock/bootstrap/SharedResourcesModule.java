package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.paddock.adapters.http.exchange.PoolMetricsListener;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.resilience.BackendRegistry;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.Set;

/** What the first client of a process makes for itself and for those that follow: the pool, and what is known of servers. */
final class SharedResourcesModule extends AbstractModule {

    /** Nobody closes it: each client gives back its share, and the last one to do so closes the connections. */
    @Provides
    @Singleton
    TransportPoolManager manager(
            Set<HttpTransportFactory> factories, PaddockSettings settings, MetricsPort metrics, Ticker ticker) {
        HttpTransportFactory transport = Transports.choose(settings.connections().transport(), factories);
        return new TransportPoolManager(transport, new PoolMetricsListener(metrics), ticker);
    }

    @Provides
    @Singleton
    BackendRegistry backendRegistry(PaddockSettings settings, MetricsPort metrics, Ticker ticker) {
        return new BackendRegistry(settings.calls().resilience(), metrics, ticker);
    }
}
