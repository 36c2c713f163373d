/** The result of a benchmark, and its form as JSON. Depends on {@code load} only. */
@NullMarked
package dev.paddock.bootstrap.bench.result;

import org.jspecify.annotations.NullMarked;

