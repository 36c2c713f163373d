/** Several model servers, what is known of them, and the choice of one. */
@NullMarked
package dev.paddock.domain.routing;

import org.jspecify.annotations.NullMarked;
