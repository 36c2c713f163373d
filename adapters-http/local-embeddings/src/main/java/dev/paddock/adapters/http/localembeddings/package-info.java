/** Vectors from a small embedding model in this process. */
@NullMarked
package dev.paddock.adapters.http.localembeddings;

import org.jspecify.annotations.NullMarked;
