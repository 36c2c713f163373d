/** The admission queue: the decorators that let calls wait for their turn, and what they share. */
@NullMarked
package dev.paddock.ports.exchange.admission;

import org.jspecify.annotations.NullMarked;
