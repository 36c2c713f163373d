package dev.paddock.tck.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.metrics.PoolMetrics;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.EndpointPool.Totals;
import dev.paddock.domain.pool.EndpointPool.Usage;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.tck.metrics.MetricsUnderTest.ShownPool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the connection pool is shown, whatever library shows it. */
public abstract class PoolFiguresTestSuite {

    private static final String SERVER = "http://127.0.0.1:11434";
    private static final String ANOTHER = "https://gpu.example:443";

    private final AtomicReference<List<EndpointPool>> pools = new AtomicReference<>(List.of());
    private MetricsUnderTest metrics;

    /** Creates an adapter over a library that has no measurements yet. */
    protected abstract MetricsUnderTest create();

    @BeforeEach
    final void createMetrics() {
        metrics = create();
    }

    @AfterEach
    final void closeMetrics() {
        metrics.close();
    }

    @Test
    void pool_ofATransportThatReportsAll_isShownWhole() {
        pools.set(List.of(pool(SERVER, 3, 2, 5L, 95L)));
        try (ShownPool shown = metrics.show(pools::get)) {
            assertThat(shown).isNotNull();
            assertThat(metrics.number(PoolMetrics.LEASED.with(SERVER))).isEqualTo(3);
            assertThat(metrics.number(PoolMetrics.IDLE.with(SERVER))).isEqualTo(2);
            assertThat(metrics.number(PoolMetrics.PENDING.with(SERVER))).isEqualTo(1);
            assertThat(metrics.number(PoolMetrics.LIMIT.with(SERVER))).isEqualTo(PoolLimits.DEFAULT.connectionsPerHost());
            assertThat(metrics.number(PoolMetrics.CREATED.with(SERVER))).isEqualTo(5);
            assertThat(metrics.number(PoolMetrics.LEASES.with(SERVER, "new"))).isEqualTo(5);
            assertThat(metrics.number(PoolMetrics.LEASES.with(SERVER, "reused"))).isEqualTo(95);
            assertThat(metrics.number(PoolMetrics.EXHAUSTED.with(SERVER))).isEqualTo(7);
            assertThat(metrics.number(PoolMetrics.CLOSED.with(SERVER, "idle"))).isEqualTo(2);
            assertThat(metrics.number(PoolMetrics.CLOSED.with(SERVER, "stale"))).isZero();
        }
    }

    @Test
    void pool_ofATransportThatReportsLittle_hasNoFigureThatIsNotKnown() {
        pools.set(List.of(pool(SERVER, 3, null, null, null)));
        try (ShownPool shown = metrics.show(pools::get)) {
            assertThat(shown).isNotNull();
            assertThat(metrics.number(PoolMetrics.LEASED.with(SERVER))).isEqualTo(3);
            assertThat(metrics.number(PoolMetrics.LEASES.with(SERVER, "unknown"))).isEqualTo(100);
            assertThat(metrics.seriesOf(PoolMetrics.LEASES)).isEqualTo(1);
            assertThat(metrics.number(PoolMetrics.IDLE.with(SERVER))).isNull();
            assertThat(metrics.number(PoolMetrics.CREATED.with(SERVER))).isNull();
        }
    }

    @Test
    void pool_whoseFiguresChange_isShownAsItIsNow() {
        pools.set(List.of(pool(SERVER, 3, 2, 5L, 95L)));
        try (ShownPool shown = metrics.show(pools::get)) {
            assertThat(shown).isNotNull();
            assertThat(metrics.number(PoolMetrics.CREATED.with(SERVER))).isEqualTo(5);
            pools.set(List.of(pool(SERVER, 4, 0, 6L, 94L)));

            assertThat(metrics.number(PoolMetrics.LEASED.with(SERVER))).isEqualTo(4);
            assertThat(metrics.number(PoolMetrics.IDLE.with(SERVER))).isZero();
            assertThat(metrics.number(PoolMetrics.CREATED.with(SERVER))).isEqualTo(6);
        }
    }

    @Test
    void pools_ofOneEndpoint_areAddedUp() {
        pools.set(List.of(pool(SERVER, 3, 2, 5L, 95L), pool(SERVER, 4, 1, 6L, 94L)));
        try (ShownPool shown = metrics.show(pools::get)) {
            assertThat(shown).isNotNull();
            assertThat(metrics.number(PoolMetrics.LEASED.with(SERVER))).isEqualTo(7);
            assertThat(metrics.number(PoolMetrics.CREATED.with(SERVER))).isEqualTo(11);
        }
    }

    /** The endpoints that there are become known by reading, so the second reader sees them at the latest. */
    @Test
    void endpoints_thatComeAndGo_appearAndDisappear() {
        pools.set(List.of(pool(SERVER, 3, 2, 5L, 95L)));
        try (ShownPool shown = metrics.show(pools::get)) {
            assertThat(shown).isNotNull();
            pools.set(List.of(pool(ANOTHER, 1, 0, 1L, 0L)));
            readAll();

            assertThat(metrics.number(PoolMetrics.LEASED.with(ANOTHER))).isEqualTo(1);
            assertThat(metrics.number(PoolMetrics.LEASED.with(SERVER))).isNull();
            assertThat(metrics.seriesOf(PoolMetrics.CREATED)).isEqualTo(1);
        }
    }

    @Test
    void close_always_removesThePoolAndNothingElse() {
        pools.set(List.of(pool(SERVER, 3, 2, 5L, 95L)));
        ShownPool shown = metrics.show(pools::get);
        metrics.port().count(CallMetrics.REQUESTS.with("chat", "ok"), 1);
        readAll();
        shown.close();

        assertThat(metrics.number(PoolMetrics.LEASED.with(SERVER))).isNull();
        assertThat(metrics.number(PoolMetrics.CREATED.with(SERVER))).isNull();
        assertThat(metrics.number(CallMetrics.REQUESTS.with("chat", "ok"))).isEqualTo(1);
    }

    private void readAll() {
        assertThat(metrics.seriesOf(PoolMetrics.LEASED)).isNotNegative();
        Double unused = metrics.number(PoolMetrics.LEASED.with(SERVER));
    }

    private static EndpointPool pool(String endpoint, int leased, @Nullable Integer idle, @Nullable Long created, @Nullable Long reused) {
        Map<CloseReason, Long> closed = created == null ? Map.of() : Map.of(CloseReason.IDLE, 2L, CloseReason.STALE, 0L);
        Totals totals = new Totals(created, 100, reused, 7, closed);
        return new EndpointPool(endpoint, "apache5", PoolLimits.DEFAULT, new Usage(leased, idle, 1), totals);
    }
}
