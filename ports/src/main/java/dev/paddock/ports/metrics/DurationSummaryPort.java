package dev.paddock.ports.metrics;

import dev.paddock.domain.metrics.DurationSummary;
import dev.paddock.domain.metrics.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Shows the durations that were recorded in a {@link MetricsPort}. Implementations are thread-safe, quick and never throw; reading
 * records nothing.
 */
@FunctionalInterface
public interface DurationSummaryPort {

    /**
     * Returns what was recorded for a series in the last minute, or null when nothing was: a series without
     * measurements has no percentiles, which is not the same as zero.
     */
    @Nullable DurationSummary summary(Metric.Series series);
}
