package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.resilience.BackendRegistry;

/** What a further client takes over from the first one of its process. */
final class InheritedResourcesModule extends AbstractModule {

    private final TransportPoolManager connections;
    private final BackendRegistry backendRegistry;

    InheritedResourcesModule(TransportPoolManager connections, BackendRegistry backendRegistry) {
        this.connections = connections;
        this.backendRegistry = backendRegistry;
    }

    @Override
    protected void configure() {
        bind(TransportPoolManager.class).toInstance(connections);
        bind(BackendRegistry.class).toInstance(backendRegistry);
    }
}
