/** Pure decorators of the exchange port: port to port, without third parties. */
@NullMarked
package dev.paddock.ports.exchange.decorator;

import org.jspecify.annotations.NullMarked;
