package dev.paddock.adapters.metrics.dropwizard;

import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.EndpointPool.Totals;
import dev.paddock.domain.pool.EndpointPool.Usage;
import dev.paddock.domain.pool.PoolLimits;
import java.util.Map;

/** SamplePools as a transport that tells everything, and one that tells little, would show them. */
final class SamplePools {

    private SamplePools() {}

    static EndpointPool known(String endpoint) {
        Totals totals = new Totals(5L, 100, 95L, 7, Map.of(CloseReason.IDLE, 2L, CloseReason.STALE, 0L));
        return new EndpointPool(endpoint, "apache5", PoolLimits.DEFAULT, new Usage(3, 2, 1), totals);
    }

    static EndpointPool littleKnown(String endpoint) {
        Totals totals = new Totals(null, 100, null, 7, Map.of());
        return new EndpointPool(endpoint, "jdk", PoolLimits.DEFAULT, new Usage(3, null, 1), totals);
    }
}
