/** Models on disk and in memory: the catalogue, the scheduler, and the options that concern it. Internal. */
@NullMarked
package dev.paddock.adapters.http.sim.model;

import org.jspecify.annotations.NullMarked;
