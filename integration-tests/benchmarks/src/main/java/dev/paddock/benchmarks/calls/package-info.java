/** Measures what a call costs each contender, and prints tables. */
@NullMarked
package dev.paddock.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
