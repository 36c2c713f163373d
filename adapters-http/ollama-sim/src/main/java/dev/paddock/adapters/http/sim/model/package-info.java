/** Models on disk and in memory, and the answers and embeddings they generate through the native API. Internal. */
@NullMarked
package dev.paddock.adapters.http.sim.model;

import org.jspecify.annotations.NullMarked;
