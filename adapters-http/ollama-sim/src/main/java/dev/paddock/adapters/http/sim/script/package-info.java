/** Answers that a test or a demonstration chooses, instead of invented ones. */
@NullMarked
package dev.paddock.adapters.http.sim.script;

import org.jspecify.annotations.NullMarked;
