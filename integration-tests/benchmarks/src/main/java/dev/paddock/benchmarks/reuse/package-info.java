/** What it is worth to answer several requests with one answer. */
@NullMarked
package dev.paddock.benchmarks.reuse;

import org.jspecify.annotations.NullMarked;
