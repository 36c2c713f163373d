/** What pooling is worth: the same calls with and without it, over links of which opening a connection costs something. */
@NullMarked
package dev.paddock.benchmarks.pooling;

import org.jspecify.annotations.NullMarked;
