package dev.paddock.e2e;

import dev.paddock.adapters.http.exchange.ExchangeSettings;
import dev.paddock.adapters.http.exchange.HttpExchangePort;
import dev.paddock.adapters.http.llm.HttpLlmAdapter;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.ports.llm.LlmPort;

/** A client put together by plain constructors, as an embedder without Guice would. */
final class PlainClient implements AutoCloseable {

    private final TransportLease lease;
    private final LlmPort llm;

    private PlainClient(TransportLease lease, LlmPort llm) {
        this.lease = lease;
        this.llm = llm;
    }

    static PlainClient of(TransportPoolManager manager, String baseUrl, PoolLimits limits) {
        return of(manager, baseUrl, limits, new OllamaDialect());
    }

    static PlainClient of(TransportPoolManager manager, String baseUrl, PoolLimits limits, Dialect dialect) {
        BaseUrl base = BaseUrl.parse(baseUrl);
        TransportLease lease = manager.lease(base.endpoint(), TransportSettings.DEFAULT, limits);
        HttpExchangePort exchanges = new HttpExchangePort(lease, base, ExchangeSettings.DEFAULT, System::nanoTime);
        return new PlainClient(lease, new HttpLlmAdapter(exchanges, dialect));
    }

    LlmPort llm() {
        return llm;
    }

    static EndpointPool pool(TransportPoolManager manager) {
        return manager.pools().getFirst();
    }

    @Override
    public void close() {
        lease.close();
    }
}
