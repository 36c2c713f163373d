/** The exchange port over HTTP: requests go down through the pool to a transport, frames come back up. */
@NullMarked
package dev.paddock.adapters.http.exchange;

import org.jspecify.annotations.NullMarked;
