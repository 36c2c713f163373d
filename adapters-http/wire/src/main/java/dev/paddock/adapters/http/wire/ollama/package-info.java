/** Ollama's own dialect: {@code /api}, newline-delimited JSON, durations in nanoseconds. */
@NullMarked
package dev.paddock.adapters.http.wire.ollama;

import org.jspecify.annotations.NullMarked;
