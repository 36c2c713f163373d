package dev.paddock.bootstrap.bench;

/**
 * A point of the distribution of latencies.
 *
 * @param percentile 0 to 100
 * @param millis the latency that this share of the answers did not exceed
 */
public record PercentilePoint(double percentile, double millis) {}
