package dev.paddock.bootstrap.bench;

import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;

/** A client of the server that a benchmark measures. Thread-safe. */
public interface BenchClient extends AutoCloseable {

    /** Returns the port that asks models. */
    LlmPort llm();

    /** Returns what the pools of this client say of themselves. */
    List<EndpointPool> pools();

    @Override
    void close();
}
