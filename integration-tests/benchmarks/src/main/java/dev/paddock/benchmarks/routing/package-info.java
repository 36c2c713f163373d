/** What the choice of a server costs. */
@NullMarked
package dev.paddock.benchmarks.routing;

import org.jspecify.annotations.NullMarked;
