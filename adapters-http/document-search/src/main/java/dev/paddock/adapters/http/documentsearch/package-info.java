/** Search of documents by words and by vectors, in an index on disk. */
@NullMarked
package dev.paddock.adapters.http.documentsearch;

import org.jspecify.annotations.NullMarked;
