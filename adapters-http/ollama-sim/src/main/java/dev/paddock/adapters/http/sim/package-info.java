/**
 * An honest simulator of an Ollama server: it behaves on the wire as the real one does and shares no code with the
 * client.
 */
@NullMarked
package dev.paddock.adapters.http.sim;

import org.jspecify.annotations.NullMarked;
