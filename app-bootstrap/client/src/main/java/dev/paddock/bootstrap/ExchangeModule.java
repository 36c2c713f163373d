package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.paddock.adapters.http.exchange.HttpExchangePort;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.resilience.BackendRegistry;
import dev.paddock.adapters.http.resilience.ResilientExchangePort;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.decorator.DeadlineExchangePort;
import dev.paddock.ports.exchange.decorator.InstrumentedExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;

/** The one chain that every request passes: measured, limited in time, tried again, sent. */
final class ExchangeModule extends AbstractModule {

    @Provides
    @Singleton
    HttpExchangePort attempts(TransportLease lease, PaddockSettings settings, @Chosen Dialect dialect, Ticker ticker) {
        return new HttpExchangePort(
                lease, settings.server().baseUrl(), settings.exchange().withAnswers(dialect.answers()), ticker);
    }

    @Provides
    @Singleton
    CircuitBreakerPort circuitBreakers(BackendRegistry backendRegistry) {
        return backendRegistry;
    }

    @Provides
    @Singleton
    ResilientExchangePort calls(
            HttpExchangePort attempts, PaddockSettings settings, BackendRegistry backendRegistry, Lifecycle lifecycle) {
        ResilientExchangePort calls = new ResilientExchangePort(attempts, settings.server().baseUrl(), backendRegistry);
        lifecycle.onClose(calls::close);
        return calls;
    }

    @Provides
    @Singleton
    ExchangePort exchange(
            ResilientExchangePort calls, PaddockSettings settings, MetricsPort metrics, Ticker ticker) {
        ExchangePort limited = new DeadlineExchangePort(calls, settings.calls().timeout(), ticker);
        return new InstrumentedExchangePort(limited, metrics, ticker);
    }
}
