/** Admission: which call may use a model server next, and which is refused. Pure values and state, without clocks and threads. */
@NullMarked
package dev.paddock.domain.admission;

import org.jspecify.annotations.NullMarked;
