/** Requests and answers of all dialects as far as answers are used again: canonical requests, what may be stored, and other forms of an answer. */
@NullMarked
package dev.paddock.adapters.http.wire.reuse;

import org.jspecify.annotations.NullMarked;
