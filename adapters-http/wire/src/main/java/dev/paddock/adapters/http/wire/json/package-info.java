/** JSON as bytes: reading and writing it within limits, by the streaming parser only. */
@NullMarked
package dev.paddock.adapters.http.wire.json;

import org.jspecify.annotations.NullMarked;
