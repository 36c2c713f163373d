/** The ports to which measurements go, and by which durations among them can be seen. */
@NullMarked
package dev.paddock.ports.metrics;

import org.jspecify.annotations.NullMarked;
