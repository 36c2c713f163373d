package dev.paddock.bootstrap;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import java.util.Set;

/**
 * Paddock for applications that have an injector of their own. It calls {@link PaddockBuilder}, and is the only class that needs
 * Guice, which such an application has on its class path.
 *
 * <p>It binds {@link Paddock} as a singleton, which the application closes at its end, and its ports: {@link LlmPort}, {@link
 * ModelCatalogPort}, {@link ExchangePort}, {@link PoolPort}, {@link CircuitBreakerPort} and {@link MetricsPort}. An application adds
 * transports and policies to the sets of {@link HttpTransportFactory} and {@link ExchangeDecorator} with a {@link Multibinder}; the
 * settings choose among the transports by name.
 *
 * <p>An injector takes the module once: the settings describe one server.
 */
public final class PaddockModule extends AbstractModule {

    private final PaddockBuilder builder;

    /** Creates the module for the given settings. */
    public PaddockModule(PaddockSettings settings) {
        this(Paddock.builder().settings(settings));
    }

    /** Creates the module for a builder that has the settings and parts of the application. */
    public PaddockModule(PaddockBuilder builder) {
        this.builder = requireNonNull(builder, "builder");
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), HttpTransportFactory.class);
        Multibinder.newSetBinder(binder(), ExchangeDecorator.class);
    }

    @Provides
    @Singleton
    Paddock paddock(Set<HttpTransportFactory> transports, Set<ExchangeDecorator> decorators) {
        return builder.build(transports, decorators);
    }

    @Provides
    LlmPort llm(Paddock paddock) {
        return paddock.llm();
    }

    @Provides
    ModelCatalogPort models(Paddock paddock) {
        return paddock.models();
    }

    @Provides
    ExchangePort exchange(Paddock paddock) {
        return paddock.exchange();
    }

    @Provides
    PoolPort pool(Paddock paddock) {
        return paddock.pool();
    }

    @Provides
    CircuitBreakerPort circuitBreakers(Paddock paddock) {
        return paddock.circuitBreakers();
    }

    @Provides
    MetricsPort metrics(Paddock paddock) {
        return paddock.metrics();
    }
}
