package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.run.BenchTarget.BenchClient;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;
import java.util.function.Supplier;

/**
 * A client, whatever it is put together from.
 *
 * @param llm the port that asks models
 * @param statistics tells what its pools say of themselves
 * @param closing closes it
 */
record BenchmarkClient(LlmPort llm, Supplier<List<EndpointPool>> statistics, Runnable closing) implements BenchClient {

    BenchmarkClient {
        requireNonNull(llm, "llm");
        requireNonNull(statistics, "statistics");
        requireNonNull(closing, "closing");
    }

    @Override
    public List<EndpointPool> pools() {
        return statistics.get();
    }

    @Override
    public void close() {
        closing.run();
    }
}
