package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.exchange.ExchangeSettings;
import dev.paddock.adapters.http.exchange.HttpExchangePort;
import dev.paddock.adapters.http.exchange.TransportPoolPort;
import dev.paddock.adapters.http.llm.HttpLlmAdapter;
import dev.paddock.adapters.http.llm.HttpModelCatalogAdapter;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.pool.PoolPort;

/**
 * A client put together by plain constructors, with a pool of its own: what a new client for each call costs is then
 * the cost of the client and its connection, and not that of reading the configuration.
 */
final class PlainSession implements Session {

    private final TransportPoolManager manager;
    private final TransportLease lease;
    private final HttpExchangePort exchanges;
    private final LlmPort llm;
    private final ModelCatalogPort models;

    /** Creates a client of a server for the given number of callers at once. */
    PlainSession(HttpTransportFactory transport, BaseUrl baseUrl, int callers) {
        this.manager = new TransportPoolManager(transport, PoolListener.none(), System::nanoTime);
        this.lease = manager.lease(
                baseUrl.endpoint(), TransportSettings.DEFAULT, PoolLimits.DEFAULT.withConnectionsPerHost(callers));
        this.exchanges = new HttpExchangePort(lease, baseUrl, ExchangeSettings.DEFAULT, System::nanoTime);
        this.llm = new HttpLlmAdapter(exchanges, new OllamaDialect());
        this.models = new HttpModelCatalogAdapter(exchanges, new OllamaDialect());
    }

    @Override
    public LlmPort llm() {
        return llm;
    }

    @Override
    public ModelCatalogPort models() {
        return models;
    }

    @Override
    public PoolPort pool() {
        return new TransportPoolPort(manager);
    }

    @Override
    public ExchangePort exchange() {
        return exchanges;
    }

    @Override
    public void close() {
        lease.close();
        manager.close();
    }
}
