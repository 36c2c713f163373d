/** The ways of making calls that are compared: ours, those of the peers, and the least that a call can cost. */
@NullMarked
package dev.paddock.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
