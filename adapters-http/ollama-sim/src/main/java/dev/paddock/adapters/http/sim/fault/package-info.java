/** What goes wrong on demand, and for which requests. */
@NullMarked
package dev.paddock.adapters.http.sim.fault;

import org.jspecify.annotations.NullMarked;
