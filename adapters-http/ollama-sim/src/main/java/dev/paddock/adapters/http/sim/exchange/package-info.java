/** One request: what came, what is sent, when the client disconnects, and the faults of the connection. Internal. */
@NullMarked
package dev.paddock.adapters.http.sim.exchange;

import org.jspecify.annotations.NullMarked;
