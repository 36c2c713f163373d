/** What calls cost, next to what else could make them. Not part of the default build. */
@NullMarked
package dev.paddock.benchmarks;

import org.jspecify.annotations.NullMarked;
