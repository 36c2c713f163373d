/** Measurements in a Micrometer registry. */
@NullMarked
package dev.paddock.adapters.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
