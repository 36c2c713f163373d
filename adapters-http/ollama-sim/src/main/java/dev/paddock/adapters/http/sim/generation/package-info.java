/** Answers and embeddings as the native API gives them. Internal. */
@NullMarked
package dev.paddock.adapters.http.sim.generation;

import org.jspecify.annotations.NullMarked;
