package dev.paddock.domain.metrics;

import dev.paddock.domain.metrics.Metric.Series;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The instruments of one kind, by series. Finding an existing one takes one lookup and allocates nothing; one is created once
 * per series. Thread-safe.
 *
 * @param <I> the kind of instrument
 */
public final class Instruments<I> {

    private final ConcurrentMap<Series, I> bySeries = new ConcurrentHashMap<>();
    private final CardinalityLimit limit;
    private final Function<Series, I> creation;

    /**
     * Creates an empty collection.
     *
     * @param limit bounds the series of a metric; it may be that of other kinds, too
     * @param creation creates the instrument of a series
     */
    public Instruments(CardinalityLimit limit, Function<Series, I> creation) {
        this.limit = limit;
        this.creation = creation;
    }

    /** Returns the instrument of a series, or that of the combined series. */
    public I of(Series series) {
        I known = bySeries.get(series);
        return known != null ? known : ofBounded(limit.bounded(series));
    }

    // A series beyond the limit is never a key here, or the map itself would grow without bound.
    private I ofBounded(Series series) {
        I known = bySeries.get(series);
        return known != null ? known : bySeries.computeIfAbsent(series, creation);
    }

    /** Returns a live view. */
    public Map<Series, I> all() {
        return Collections.unmodifiableMap(bySeries);
    }
}
