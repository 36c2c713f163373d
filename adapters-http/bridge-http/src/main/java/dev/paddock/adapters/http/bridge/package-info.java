/** Requests of other libraries over the exchange port. */
@NullMarked
package dev.paddock.adapters.http.bridge;

import org.jspecify.annotations.NullMarked;
