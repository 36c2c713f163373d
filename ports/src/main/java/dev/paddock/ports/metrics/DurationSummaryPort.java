package dev.paddock.ports.metrics;

import dev.paddock.domain.metrics.DurationSummary;
import dev.paddock.domain.metrics.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Shows the durations that went to a {@link MetricsPort}. Implementations are thread-safe and quick and never throw; looking
 * records nothing.
 */
@FunctionalInterface
public interface DurationSummaryPort {

    /**
     * Returns what was recorded for a series in the last minute, or null when that is nothing: a series at rest has no
     * percentiles, not ones of zero.
     */
    @Nullable DurationSummary summary(Metric.Series series);
}
