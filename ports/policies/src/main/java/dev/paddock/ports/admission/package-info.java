/** The admission queue as others observe it. */
@NullMarked
package dev.paddock.ports.admission;

import org.jspecify.annotations.NullMarked;
