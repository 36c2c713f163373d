/** The text of documents: read from their formats, and cut into passages. */
@NullMarked
package dev.paddock.adapters.http.documentsearch.text;

import org.jspecify.annotations.NullMarked;
