/** Servers that misbehave on purpose, on raw sockets, with counts taken at the server. */
@NullMarked
package dev.paddock.tck.server;

import org.jspecify.annotations.NullMarked;
