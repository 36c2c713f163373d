package dev.paddock.adapters.http.documentsearch;

import dev.paddock.adapters.http.documentsearch.text.CutPassage;
import org.jspecify.annotations.Nullable;

/**
 * A passage with its vector.
 *
 * @param passage the passage
 * @param vector its vector, or null when the model has none for it; it then is found by its words only
 */
record EmbeddedPassage(CutPassage passage, @Nullable SpaceVector vector) {}
