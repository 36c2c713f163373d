/** How well and how fast documents are found, and what their indexing costs. */
@NullMarked
package dev.paddock.benchmarks.documents;

import org.jspecify.annotations.NullMarked;
