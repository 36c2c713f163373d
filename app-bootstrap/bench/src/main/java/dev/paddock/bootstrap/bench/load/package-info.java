/** The load of a benchmark: what is requested, how often and how fast. */
@NullMarked
package dev.paddock.bootstrap.bench.load;

import org.jspecify.annotations.NullMarked;

