/** Requests and answers with vectors, taken apart and put together without reading a number. */
@NullMarked
package dev.paddock.adapters.http.wire.embedding;

import org.jspecify.annotations.NullMarked;
