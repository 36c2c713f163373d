package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

/**
 * A marked place of an axis.
 *
 * @param at where it is, in the unit of the axis
 * @param label what stands there
 */
record Tick(double at, String label) {

    Tick {
        requireNonNull(label, "label");
    }
}
