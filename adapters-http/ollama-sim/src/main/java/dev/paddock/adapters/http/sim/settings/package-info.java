/** How a simulator behaves: its address, delays, capacity and models. Imports no other package of the simulator. */
@NullMarked
package dev.paddock.adapters.http.sim.settings;

import org.jspecify.annotations.NullMarked;
