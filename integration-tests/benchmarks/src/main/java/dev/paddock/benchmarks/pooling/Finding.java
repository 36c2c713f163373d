package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

/**
 * What was measured of a setting.
 *
 * @param setting the setting
 * @param firstMillis the first call of a client that is there already
 * @param alone the calls of one caller, one after the other
 * @param crowd those of several callers at once
 */
record Finding(Setting setting, double firstMillis, Pair alone, Pair crowd) {

    Finding {
        requireNonNull(setting, "setting");
        requireNonNull(alone, "alone");
        requireNonNull(crowd, "crowd");
    }
}
