package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult;

/**
 * The same calls made in two ways.
 *
 * @param pooled through one client
 * @param unpooled with a client, and so a connection, for each call
 */
record PoolingComparison(ModeResult pooled, ModeResult unpooled) {

    PoolingComparison {
        requireNonNull(pooled, "pooled");
        requireNonNull(unpooled, "unpooled");
    }

    double pooledMillis() {
        return value(pooled, Measure.P50);
    }

    double unpooledMillis() {
        return value(unpooled, Measure.P50);
    }

    double ratio() {
        return unpooledMillis() / pooledMillis();
    }

    double savedMillis() {
        return unpooledMillis() - pooledMillis();
    }

    double pooledThroughput() {
        return value(pooled, Measure.THROUGHPUT);
    }

    double unpooledThroughput() {
        return value(unpooled, Measure.THROUGHPUT);
    }

    /** Returns by which share of the calls without a pool there were more with one. */
    double gain() {
        return pooledThroughput() / unpooledThroughput() - 1;
    }

    static double value(ModeResult result, Measure measure) {
        return requireNonNull(result.whole().values().get(measure), "a figure of no call");
    }

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
}
