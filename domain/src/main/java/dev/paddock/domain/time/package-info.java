/** Time as the core sees it: a source of nanoseconds that is handed in, never read from the platform. */
@NullMarked
package dev.paddock.domain.time;

import org.jspecify.annotations.NullMarked;
