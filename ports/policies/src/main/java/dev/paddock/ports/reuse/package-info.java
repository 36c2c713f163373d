/** Stored answers: where they are kept, and what an operator can see and change. */
@NullMarked
package dev.paddock.ports.reuse;

import org.jspecify.annotations.NullMarked;
