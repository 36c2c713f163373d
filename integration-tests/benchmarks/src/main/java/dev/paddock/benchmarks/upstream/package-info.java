/** The lean server that every contender is measured against. */
@NullMarked
package dev.paddock.benchmarks.upstream;

import org.jspecify.annotations.NullMarked;
