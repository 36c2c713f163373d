package dev.paddock.e2e.examples;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.exchange.ExchangeSettings;
import dev.paddock.adapters.http.exchange.HttpExchangePort;
import dev.paddock.adapters.http.llm.HttpLlmAdapter;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.pool.PoolProfile;
import dev.paddock.ports.llm.LlmPort;

/** The example for wiring by constructors in the README: each method would be a bean. */
final class ConstructorWiringExample {

    TransportPoolManager pool() { // one for the whole application; its destroy method is close
        return new TransportPoolManager(new Apache5TransportFactory(), PoolListener.none(), System::nanoTime);
    }

    TransportLease connections(TransportPoolManager pool, BaseUrl server) { // one for each client
        return pool.lease(
                server.endpoint(),
                TransportSettings.DEFAULT,
                PoolProfile.HIGH_CONCURRENCY.limits());
    }

    LlmPort llm(TransportLease connections, BaseUrl server) {
        return new HttpLlmAdapter(
                new HttpExchangePort(connections, server, ExchangeSettings.DEFAULT, System::nanoTime),
                new OllamaDialect());
    }
}
