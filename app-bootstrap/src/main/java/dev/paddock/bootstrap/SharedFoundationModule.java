package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.resilience.BackendGuards;

/** What a further client takes over from the first one of its process. */
final class SharedFoundationModule extends AbstractModule {

    private final TransportPoolManager connections;
    private final BackendGuards guards;

    SharedFoundationModule(TransportPoolManager connections, BackendGuards guards) {
        this.connections = connections;
        this.guards = guards;
    }

    @Override
    protected void configure() {
        bind(TransportPoolManager.class).toInstance(connections);
        bind(BackendGuards.class).toInstance(guards);
    }
}
