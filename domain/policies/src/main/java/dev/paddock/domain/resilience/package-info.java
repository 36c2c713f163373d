/** What is known of the health of model servers, as records. */
@NullMarked
package dev.paddock.domain.resilience;

import org.jspecify.annotations.NullMarked;
