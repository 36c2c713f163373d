package dev.paddock.wholesystem.sprint;

import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.run.BenchTarget;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.EndpointPool.Totals;
import dev.paddock.domain.pool.EndpointPool.Usage;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.wholesystem.GatewayClient;
import dev.paddock.wholesystem.ProvingModel;
import dev.paddock.wholesystem.SimulatedFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A gateway as the load generator sees it, with what its servers, its cache and the answers themselves tell. Thread-safe. */
final class SprintTarget implements BenchTarget, AutoCloseable {

    private final int port;
    private final SimulatedFleet fleet;
    private final Function<String, String> meanings;
    private final GatewayClient operator;
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong falseHits = new AtomicLong();

    SprintTarget(int port, SimulatedFleet fleet, Function<String, String> meanings) {
        this.port = port;
        this.fleet = fleet;
        this.meanings = meanings;
        this.operator = new GatewayClient(port, SprintSystem.OPERATOR, true);
    }

    @Override
    public BenchClient open(Mode mode) {
        return new QueryClient(new GatewayClient(port, SprintSystem.LOAD, mode != Mode.UNPOOLED));
    }

    @Override
    public Long connectionsAccepted() {
        return fleet.connectionsAccepted();
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = fleet.counts();
        try {
            Map<?, ?> cache = GatewayClient.object(operator.get("/api/cache-stats").get("generation_cache"));
            counts.put("answers_from_cache", hits.get());
            counts.put("similar_hits", number(cache, "semantic_hits"));
            counts.put("tokens_saved", number(cache, "saved_prompt_tokens") + number(cache, "saved_completion_tokens"));
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
        counts.put("false_hits", falseHits.get());
        return counts;
    }

    private static long number(Map<?, ?> object, String name) {
        return object.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private void judge(String question, String answer, boolean isHit) {
        hits.addAndGet(isHit ? 1 : 0);
        if (!Objects.equals(ProvingModel.meaningOf(answer), meanings.apply(question))) {
            falseHits.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        operator.close();
    }

    /** A client of the gateway. */
    private final class QueryClient implements BenchClient {

        private final GatewayClient client;

        QueryClient(GatewayClient client) {
            this.client = client;
        }

        @Override
        public LlmPort llm() {
            return new QueryPort(client, SprintTarget.this::judge);
        }

        @Override
        public List<EndpointPool> pools() {
            Totals totals = new Totals(client.opened(), client.sent(), client.sent() - client.opened(), 0, Map.of());
            return List.of(new EndpointPool("http://127.0.0.1:" + port, "sockets", PoolLimits.DEFAULT, new Usage(0, null, 0), totals));
        }

        @Override
        public void close() {
            try {
                client.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
