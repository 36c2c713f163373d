/** The chain of decorators around the exchange port, and their order. */
@NullMarked
package dev.paddock.ports.exchange.chain;

import org.jspecify.annotations.NullMarked;
