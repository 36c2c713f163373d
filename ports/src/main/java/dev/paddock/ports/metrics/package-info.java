/** The port to which measurements go. */
@NullMarked
package dev.paddock.ports.metrics;

import org.jspecify.annotations.NullMarked;
