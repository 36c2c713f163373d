package dev.paddock.bootstrap;

import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.resilience.BackendGuards;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.BreakerPort;

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
        expose(BreakerPort.class);
        expose(MetricsPort.class);
    }

    @Provides
    @Singleton
    Paddock.Calls calls(LlmPort llm, ModelCatalogPort models, ExchangePort exchange) {
        return new Paddock.Calls(llm, models, exchange);
    }

    @Provides
    @Singleton
    Paddock.Observation observation(
            PoolPort pool, BreakerPort breakers, MetricsPort metrics, MetricsExposure exposure) {
        return new Paddock.Observation(pool, breakers, metrics, exposure);
    }

    @Provides
    @Singleton
    Paddock.Foundation foundation(TransportPoolManager connections, BackendGuards guards) {
        return new Paddock.Foundation(connections, guards, lifecycle);
    }

    @Provides
    @Singleton
    Paddock paddock(Paddock.Calls calls, Paddock.Observation observation, Paddock.Foundation foundation) {
        return new Paddock(settings, calls, observation, foundation);
    }
}
