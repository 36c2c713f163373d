/** Several model servers, as an operator sees them. */
@NullMarked
package dev.paddock.ports.routing;

import org.jspecify.annotations.NullMarked;
