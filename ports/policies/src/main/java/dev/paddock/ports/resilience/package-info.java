/** The port by which the health of the model servers can be observed. */
@NullMarked
package dev.paddock.ports.resilience;

import org.jspecify.annotations.NullMarked;
