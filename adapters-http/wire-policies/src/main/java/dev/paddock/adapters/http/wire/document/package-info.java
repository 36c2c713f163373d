/** Whole documents of answers that came in pieces. */
@NullMarked
package dev.paddock.adapters.http.wire.document;

import org.jspecify.annotations.NullMarked;
