package dev.paddock.adapters.http.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.EndpointPool.Totals;
import dev.paddock.domain.pool.EndpointPool.Usage;
import dev.paddock.domain.pool.PoolLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionHistoryTest {

    private final List<EndpointPool> pools = new ArrayList<>();
    private final ConnectionHistory history = new ConnectionHistory(() -> List.copyOf(pools));

    @Test
    void report_serversComeAndGo_hasNullWhereTheyWereNot() {
        history.sample();
        pools.add(pool("a", 1, null));
        history.sample();
        pools.set(0, pool("a", 2, 3L));
        pools.add(pool("b", 7, 8L));
        history.sample();
        pools.removeFirst();
        history.sample();

        Map<?, ?> a = server(0);
        assertThat(a.get("endpoint")).isEqualTo("a");
        assertThat(a.get("leased")).isEqualTo(Arrays.asList(null, 1, 2, null));
        assertThat(a.get("created")).isEqualTo(Arrays.asList(null, null, 3L, null));
        assertThat(a.get("closed")).isEqualTo(Arrays.asList(null, 5L, 5L, null));
        assertThat(server(1).get("leased")).isEqualTo(Arrays.asList(null, null, 7, 7));
    }

    @Test
    void sample_anyNumber_keepsTheNewest() {
        for (int sample = 0; sample < ConnectionHistory.LENGTH + 10; sample++) {
            pools.clear();
            pools.add(pool(sample < 5 ? "gone" : "a", sample, null));
            history.sample();
        }

        assertThat((List<?>) history.report().get("servers")).hasSize(1);
        assertThat((List<?>) server(0).get("leased")).hasSize(ConnectionHistory.LENGTH);
        assertThat(((List<?>) server(0).get("leased")).getFirst()).isEqualTo(10);
        assertThat(((List<?>) server(0).get("leased")).getLast()).isEqualTo(ConnectionHistory.LENGTH + 9);
    }

    private Map<?, ?> server(int index) {
        return (Map<?, ?>) ((List<?>) history.report().get("servers")).get(index);
    }

    private static EndpointPool pool(String endpoint, int leased, Long created) {
        Totals totals = new Totals(created, 0, null, 0, Map.of(CloseReason.values()[0], 2L, CloseReason.values()[1], 3L));
        return new EndpointPool(endpoint, "test", PoolLimits.DEFAULT, new Usage(leased, 0, 0), totals);
    }
}
