package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;

/** Lets the injector guess nothing: what is not bound is an error at the start. */
final class ExplicitBindingModule extends AbstractModule {

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireExactBindingAnnotations();
        binder().disableCircularProxies();
    }
}
