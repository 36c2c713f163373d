package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.paddock.adapters.http.llm.HttpLlmAdapter;
import dev.paddock.adapters.http.llm.HttpModelCatalogAdapter;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.llm.decorator.TokenCountingLlmPort;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.Set;

/** The typed ports, in the dialect of the server. */
final class LlmModule extends AbstractModule {

    private static final NamedChoice<Dialect> DIALECTS = new NamedChoice<>("paddock.dialect", Dialect::name);

    @Provides
    @Singleton
    @Chosen
    Dialect dialect(Set<Dialect> dialects, PaddockSettings settings) {
        return DIALECTS.choose(settings.server().dialect().label(), dialects);
    }

    @Provides
    @Singleton
    LlmPort llm(ExchangePort exchange, @Chosen Dialect dialect, MetricsPort metrics) {
        return new TokenCountingLlmPort(new HttpLlmAdapter(exchange, dialect), metrics);
    }

    @Provides
    @Singleton
    ModelCatalogPort models(ExchangePort exchange, @Chosen Dialect dialect) {
        return new HttpModelCatalogAdapter(exchange, dialect);
    }
}
