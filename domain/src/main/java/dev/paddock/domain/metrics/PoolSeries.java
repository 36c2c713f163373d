package dev.paddock.domain.metrics;

import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.pool.EndpointPool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of pools as series. A number that the transport does not know is left out.
 *
 * @param states the numbers that go up and down
 * @param totals the numbers that only go up, as long as the pool of an endpoint exists
 */
public record PoolSeries(Map<Series, Double> states, Map<Series, Double> totals) {

    public PoolSeries {
        states = Map.copyOf(states);
        totals = Map.copyOf(totals);
    }

    /** Returns the figures by endpoint; figures of several pools of one endpoint are added. */
    public static PoolSeries of(List<EndpointPool> pools) {
        Map<Series, Double> states = new HashMap<>();
        Map<Series, Double> totals = new HashMap<>();
        for (EndpointPool pool : pools) {
            addStates(pool, states);
            addTotals(pool, totals);
        }
        states.values().removeIf(number -> number.isNaN());
        totals.values().removeIf(number -> number.isNaN());
        return new PoolSeries(states, totals);
    }

    private static void addStates(EndpointPool pool, Map<Series, Double> states) {
        String endpoint = pool.endpoint();
        EndpointPool.Usage usage = pool.usage();
        add(states, PoolMetrics.LEASED.with(endpoint), usage.leased());
        add(states, PoolMetrics.IDLE.with(endpoint), usage.idle());
        add(states, PoolMetrics.PENDING.with(endpoint), usage.pending());
        add(states, PoolMetrics.LIMIT.with(endpoint), pool.limits().connectionsPerHost());
    }

    private static void addTotals(EndpointPool pool, Map<Series, Double> totals) {
        String endpoint = pool.endpoint();
        EndpointPool.Totals known = pool.totals();
        add(totals, PoolMetrics.CREATED.with(endpoint), known.created());
        add(totals, PoolMetrics.EXHAUSTED.with(endpoint), known.exhausted());
        Long reused = known.reused();
        if (reused == null) {
            add(totals, PoolMetrics.LEASES.with(endpoint, "unknown"), known.leases());
        } else {
            add(totals, PoolMetrics.LEASES.with(endpoint, "new"), known.leases() - reused);
            add(totals, PoolMetrics.LEASES.with(endpoint, "reused"), reused);
        }
        known.closed()
                .forEach((reason, count) -> add(totals, PoolMetrics.CLOSED.with(endpoint, reason.label()), count));
    }

    // While adding, NaN means unknown, because a sum with an unknown part is unknown too.
    private static void add(Map<Series, Double> figures, Series series, @Nullable Number number) {
        figures.merge(series, number == null ? Double.NaN : number.doubleValue(), Double::sum);
    }
}
