/** Compares a result with an earlier one. Depends on {@code load} and {@code result}. */
@NullMarked
package dev.paddock.bootstrap.bench.comparison;

import org.jspecify.annotations.NullMarked;

