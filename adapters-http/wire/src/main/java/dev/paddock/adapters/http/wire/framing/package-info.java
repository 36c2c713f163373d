/** How a body is cut into frames, and what each frame means. */
@NullMarked
package dev.paddock.adapters.http.wire.framing;

import org.jspecify.annotations.NullMarked;
