/** The pool of connections: its limits and what can be observed of it. */
@NullMarked
package dev.paddock.domain.pool;

import org.jspecify.annotations.NullMarked;
