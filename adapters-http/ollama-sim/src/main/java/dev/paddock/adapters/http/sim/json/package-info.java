/** JSON, times and numbers as a Go program reads and writes them, and Ollama's error messages. Internal to the simulator. */
@NullMarked
package dev.paddock.adapters.http.sim.json;

import org.jspecify.annotations.NullMarked;
