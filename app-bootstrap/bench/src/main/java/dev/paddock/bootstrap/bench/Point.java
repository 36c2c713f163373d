package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

/**
 * A point of a line in a chart.
 *
 * @param x where it is on the axis below
 * @param y where it is on the axis at the side
 * @param title what is told of it
 */
record Point(double x, double y, String title) {

    Point {
        requireNonNull(title, "title");
    }
}
