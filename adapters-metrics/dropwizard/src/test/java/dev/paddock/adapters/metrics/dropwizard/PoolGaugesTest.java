package dev.paddock.adapters.metrics.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.pool.EndpointPool;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PoolGaugesTest {

    private static final String A = "http://a:1";
    private static final String B = "http://b:1";

    private final List<EndpointPool> pools = new CopyOnWriteArrayList<>();
    private final MetricRegistry registry = new MetricRegistry();
    private final DropwizardMetrics metrics = new DropwizardMetrics(registry);

    @Test
    void register_endpointKnown_showsEveryFigure() {
        pools.add(SamplePools.known(A));
        PoolGauges.register(metrics, () -> List.copyOf(pools));

        assertThat(read("paddock.pool.leased{endpoint=\"http://a:1\"}")).isEqualTo(3.0);
        assertThat(read("paddock.pool.idle{endpoint=\"http://a:1\"}")).isEqualTo(2.0);
        assertThat(read("paddock.pool.pending{endpoint=\"http://a:1\"}")).isEqualTo(1.0);
        assertThat(read("paddock.pool.limit{endpoint=\"http://a:1\"}")).isEqualTo(20.0);
        assertThat(read("paddock.pool.created{endpoint=\"http://a:1\"}")).isEqualTo(5.0);
        assertThat(read("paddock.pool.exhausted{endpoint=\"http://a:1\"}")).isEqualTo(7.0);
        assertThat(read("paddock.pool.leases{endpoint=\"http://a:1\",connection=\"new\"}")).isEqualTo(5.0);
        assertThat(read("paddock.pool.leases{endpoint=\"http://a:1\",connection=\"reused\"}")).isEqualTo(95.0);
        assertThat(read("paddock.pool.closed{endpoint=\"http://a:1\",reason=\"idle\"}")).isEqualTo(2.0);
        assertThat(read("paddock.pool.closed{endpoint=\"http://a:1\",reason=\"stale\"}")).isEqualTo(0.0);
        assertThat(read("paddock.pool.endpoints")).isEqualTo(1);
        assertThat(registry.getNames()).hasSize(11);
    }

    @Test
    void register_figureNotKnown_hasNoGauge() {
        pools.add(SamplePools.littleKnown(A));
        PoolGauges.register(metrics, () -> List.copyOf(pools));

        assertThat(registry.getNames()).containsExactlyInAnyOrder(
                "paddock.pool.endpoints",
                "paddock.pool.exhausted{endpoint=\"http://a:1\"}",
                "paddock.pool.leased{endpoint=\"http://a:1\"}",
                "paddock.pool.leases{endpoint=\"http://a:1\",connection=\"unknown\"}",
                "paddock.pool.limit{endpoint=\"http://a:1\"}",
                "paddock.pool.pending{endpoint=\"http://a:1\"}");
    }

    @Test
    void gauge_readAfterAnEndpointCame_showsTheEndpoint() {
        PoolGauges.register(metrics, () -> List.copyOf(pools));
        assertThat(registry.getNames()).containsExactly("paddock.pool.endpoints");

        pools.add(SamplePools.known(A));
        assertThat(read("paddock.pool.endpoints")).isEqualTo(1);

        assertThat(read("paddock.pool.leased{endpoint=\"http://a:1\"}")).isEqualTo(3.0);
    }

    @Test
    void gauge_readAfterAnEndpointLeft_isUnknownAndVanishes() {
        pools.add(SamplePools.known(A));
        pools.add(SamplePools.known(B));
        PoolGauges.register(metrics, () -> List.copyOf(pools));
        Gauge<?> ofTheOneThatLeaves = registry.getGauges().get("paddock.pool.leased{endpoint=\"http://a:1\"}");

        pools.remove(0);
        assertThat(ofTheOneThatLeaves.getValue()).isEqualTo(Double.NaN);

        assertThat(registry.getNames()).noneMatch(name -> name.contains(A)).anyMatch(name -> name.contains(B));
    }

    @Test
    void refresh_endpointReturns_isShownAgain() {
        pools.add(SamplePools.known(A));
        PoolGauges gauges = PoolGauges.register(metrics, () -> List.copyOf(pools));
        pools.clear();
        gauges.refresh();
        assertThat(registry.getNames()).containsExactly("paddock.pool.endpoints");

        pools.add(SamplePools.known(A));
        gauges.refresh();
        assertThat(read("paddock.pool.leased{endpoint=\"http://a:1\"}")).isEqualTo(3.0);
    }

    @Test
    void close_always_removesTheGaugesAndNothingElse() {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 1);
        pools.add(SamplePools.known(A));
        PoolGauges gauges = PoolGauges.register(metrics, () -> List.copyOf(pools));
        gauges.close();
        gauges.refresh();

        assertThat(registry.getNames()).containsExactly("paddock.requests{operation=\"chat\",outcome=\"ok\"}");
    }

    @Test
    void gauges_readByManyWhileEndpointsComeAndGo_endUpRight() throws Exception {
        PoolGauges gauges = PoolGauges.register(metrics, () -> List.copyOf(pools));
        ConcurrentRunner.run(8, thread -> {
            for (int i = 0; i < 15; i++) {
                EndpointPool mine = SamplePools.known("http://host-" + thread + ":1");
                pools.add(mine);
                registry.getGauges().values().forEach(gauge -> gauge.getValue());
                pools.remove(mine);
            }
        });
        pools.add(SamplePools.known(B));
        gauges.refresh();

        assertThat(registry.getNames()).hasSize(11).noneMatch(name -> name.contains("host-"));
    }

    private Object read(String name) {
        return registry.getGauges().get(name).getValue();
    }
}
