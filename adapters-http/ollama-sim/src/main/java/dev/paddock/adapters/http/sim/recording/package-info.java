/** What a simulator has counted and received. Imports no other package of the simulator. */
@NullMarked
package dev.paddock.adapters.http.sim.recording;

import org.jspecify.annotations.NullMarked;
