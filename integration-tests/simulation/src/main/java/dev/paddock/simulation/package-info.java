/** Gateways and servers in virtual time: what the choice of servers and the admission queue are worth at a size that no machine has. */
@NullMarked
package dev.paddock.simulation;

import org.jspecify.annotations.NullMarked;
