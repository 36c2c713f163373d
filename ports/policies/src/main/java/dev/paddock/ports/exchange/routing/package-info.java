/** The choice of a server for each attempt, among several. */
@NullMarked
package dev.paddock.ports.exchange.routing;

import org.jspecify.annotations.NullMarked;
