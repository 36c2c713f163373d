/** What pooling is worth: the same calls with and without it, over links on which a connection costs something. */
@NullMarked
package dev.paddock.benchmarks.pooling;

import org.jspecify.annotations.NullMarked;
