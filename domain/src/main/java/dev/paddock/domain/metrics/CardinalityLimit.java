package dev.paddock.domain.metrics;

import dev.paddock.domain.metrics.Metric.Series;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the number of series of a metric: the first ones keep their labels, all later ones are combined in one series whose label
 * values are all {@code other}. Thread-safe.
 */
public final class CardinalityLimit {

    private static final String OTHER = "other";

    private final int seriesPerMetric;
    private final ConcurrentMap<Metric, Family> families = new ConcurrentHashMap<>();

    /**
     * Creates the limit.
     *
     * @param seriesPerMetric the maximum number of series of a metric, without {@code other}
     * @throws IllegalArgumentException if that is less than 1
     */
    public CardinalityLimit(int seriesPerMetric) {
        if (seriesPerMetric < 1) {
            throw new IllegalArgumentException("a metric has at least 1 series, not " + seriesPerMetric);
        }
        this.seriesPerMetric = seriesPerMetric;
    }

    /** Returns the series itself, or the combined series. */
    public Series bounded(Series series) {
        Family family = families.get(series.metric());
        if (family == null) {
            family = families.computeIfAbsent(series.metric(), Family::new);
        }
        return family.bounded(series);
    }

    private final class Family {

        private final Series other;
        private final ConcurrentMap<Series, Series> admitted = new ConcurrentHashMap<>();
        private final AtomicInteger claimed = new AtomicInteger(); // never above the limit

        Family(Metric metric) {
            this.other = new Series(metric, Collections.nCopies(metric.labels().size(), OTHER));
        }

        Series bounded(Series series) {
            Series known = admitted.get(series);
            if (known != null) {
                return known;
            }
            if (claimed.get() >= seriesPerMetric) {
                return other;
            }
            Series admittedNow = admitted.computeIfAbsent(series, candidate -> claim() ? candidate : null);
            return admittedNow == null ? other : admittedNow;
        }

        private boolean claim() {
            int before = claimed.getAndUpdate(number -> Math.min(number + 1, seriesPerMetric));
            return before < seriesPerMetric;
        }
    }
}
