package dev.paddock.bootstrap.cli;

import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.pool.PoolPort;

/** A client of one server, as long as a command runs. */
interface Session extends AutoCloseable {

    LlmPort llm();

    ModelCatalogPort models();

    PoolPort pool();

    /** Returns the port for requests that the others do not know. */
    ExchangePort exchange();

    @Override
    void close();
}
