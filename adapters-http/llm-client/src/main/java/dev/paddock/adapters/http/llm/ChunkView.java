package dev.paddock.adapters.http.llm;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a stream must know about its pieces.
 *
 * @param text gives the text that a piece adds, may be empty
 * @param last tells whether a piece completes the answer
 */
record ChunkView<T>(Function<T, String> text, Predicate<T> last) {}
