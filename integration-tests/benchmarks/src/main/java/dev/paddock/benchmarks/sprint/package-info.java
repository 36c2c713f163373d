/** Starts the sprint of the whole system with real questions and a real embedding model. */
@NullMarked
package dev.paddock.benchmarks.sprint;

import org.jspecify.annotations.NullMarked;
