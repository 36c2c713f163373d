package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import dev.paddock.adapters.http.pool.TransportPoolManager;

/** The pool of connections of another client in the same process. */
final class SharedPoolModule extends AbstractModule {

    private final TransportPoolManager manager;

    SharedPoolModule(TransportPoolManager manager) {
        this.manager = manager;
    }

    @Override
    protected void configure() {
        bind(TransportPoolManager.class).toInstance(manager);
    }
}
