package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

/**
 * What was measured of a setting.
 *
 * @param setting the setting
 * @param firstMillis the first call of a client that is there already
 * @param sequential the calls of one caller, one after the other
 * @param concurrent those of several callers at once
 */
record PoolingResult(PoolingScenario setting, double firstMillis, PoolingComparison sequential, PoolingComparison concurrent) {

    PoolingResult {
        requireNonNull(setting, "setting");
        requireNonNull(sequential, "sequential");
        requireNonNull(concurrent, "concurrent");
    }
}
