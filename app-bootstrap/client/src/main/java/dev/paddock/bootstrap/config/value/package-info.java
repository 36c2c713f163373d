/** The notation of values: numbers, times, sizes, names, lists. */
@NullMarked
package dev.paddock.bootstrap.config.value;

import org.jspecify.annotations.NullMarked;
