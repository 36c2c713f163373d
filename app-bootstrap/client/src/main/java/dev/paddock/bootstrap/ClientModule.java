package dev.paddock.bootstrap;

import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.resilience.BackendRegistry;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;

/** Everything behind the ports, which alone can be seen from outside. */
final class ClientModule extends PrivateModule {

    private final PaddockSettings settings;
    private final Lifecycle lifecycle;
    private final Module foundation;

    ClientModule(PaddockSettings settings, Lifecycle lifecycle, Module foundation) {
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.foundation = foundation;
    }

    @Override
    protected void configure() {
        bind(PaddockSettings.class).toInstance(settings);
        bind(Lifecycle.class).toInstance(lifecycle);
        bind(Ticker.class).toInstance(System::nanoTime);
        install(new MetricsModule());
        install(foundation);
        install(new PoolModule());
        install(new ExchangeModule());
        install(new LlmModule());
        expose(Paddock.class);
        expose(LlmPort.class);
        expose(ModelCatalogPort.class);
        expose(ExchangePort.class);
        expose(PoolPort.class);
        expose(CircuitBreakerPort.class);
        expose(MetricsPort.class);
    }

    @Provides
    @Singleton
    Paddock.CallPorts calls(LlmPort llm, ModelCatalogPort models, ExchangePort exchange) {
        return new Paddock.CallPorts(llm, models, exchange);
    }

    @Provides
    @Singleton
    Paddock.ObservationPorts observation(
            PoolPort pool, CircuitBreakerPort circuitBreakers, MetricsPort metrics, MetricsExposure exposure) {
        return new Paddock.ObservationPorts(pool, circuitBreakers, metrics, exposure);
    }

    @Provides
    @Singleton
    Paddock.SharedResources foundation(TransportPoolManager connections, BackendRegistry backendRegistry) {
        return new Paddock.SharedResources(connections, backendRegistry, lifecycle);
    }

    @Provides
    @Singleton
    Paddock paddock(Paddock.CallPorts calls, Paddock.ObservationPorts observation, Paddock.SharedResources foundation) {
        return new Paddock(settings, calls, observation, foundation);
    }
}
