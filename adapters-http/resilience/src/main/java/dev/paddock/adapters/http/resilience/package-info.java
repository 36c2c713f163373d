/** Retries within a budget, circuits and permits around the exchange port. */
@NullMarked
package dev.paddock.adapters.http.resilience;

import org.jspecify.annotations.NullMarked;
