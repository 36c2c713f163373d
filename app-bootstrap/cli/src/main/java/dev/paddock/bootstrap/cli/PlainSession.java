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
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.config.PaddockSettings;
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
        this(
                transport,
                baseUrl,
                new Manner(
                        TransportSettings.DEFAULT,
                        PoolLimits.DEFAULT.withConnectionsPerHost(callers),
                        ExchangeSettings.DEFAULT,
                        new OllamaDialect()));
    }

    private PlainSession(HttpTransportFactory transport, BaseUrl baseUrl, Manner manner) {
        this.manager = new TransportPoolManager(transport, PoolListener.none(), System::nanoTime);
        this.lease = manager.lease(baseUrl.endpoint(), manner.timing(), manner.limits());
        this.exchanges = new HttpExchangePort(
                lease, baseUrl, manner.exchanges().withAnswers(manner.dialect().answers()), System::nanoTime);
        this.llm = new HttpLlmAdapter(exchanges, manner.dialect());
        this.models = new HttpModelCatalogAdapter(exchanges, manner.dialect());
    }

    /** Returns a client with the given settings, as far as they are not about failures and measurements. */
    static PlainSession of(PaddockSettings settings) {
        Dialect dialect =
                switch (settings.server().dialect()) {
                    case OLLAMA -> new OllamaDialect();
                    case OPENAI -> new OpenAiDialect();
                };
        Manner manner = new Manner(
                settings.connections().timing(), settings.connections().pool(), settings.exchange(), dialect);
        HttpTransportFactory transport = Transports.named(settings.connections().transport());
        return new PlainSession(transport, settings.server().baseUrl(), manner);
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

    private record Manner(
            TransportSettings timing, PoolLimits limits, ExchangeSettings exchanges, Dialect dialect) {}
}
