/** How a body is cut into frames, and what the server says by each of them. */
@NullMarked
package dev.paddock.adapters.http.wire.framing;

import org.jspecify.annotations.NullMarked;
