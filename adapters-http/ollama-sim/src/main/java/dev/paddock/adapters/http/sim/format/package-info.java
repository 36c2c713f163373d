/** JSON, times, numbers and errors as Ollama, a Go program, reads and writes them. Internal to the simulator. */
@NullMarked
package dev.paddock.adapters.http.sim.format;

import org.jspecify.annotations.NullMarked;
