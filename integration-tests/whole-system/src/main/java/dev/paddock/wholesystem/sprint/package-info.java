/** What each layer adds to the whole system, under the load of earlier software and under a realistic one. */
@NullMarked
package dev.paddock.wholesystem.sprint;

import org.jspecify.annotations.NullMarked;
