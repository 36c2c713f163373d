package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

/**
 * A bar of a chart.
 *
 * @param left where it begins on the axis below
 * @param right where it ends there
 * @param bottom where it stands on the axis at the side
 * @param top how far up it goes there
 * @param title what is told of it
 */
record Bar(double left, double right, double bottom, double top, String title) {

    Bar {
        requireNonNull(title, "title");
    }
}
