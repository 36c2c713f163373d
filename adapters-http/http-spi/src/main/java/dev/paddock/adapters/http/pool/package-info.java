/** The connection pool that all transports and all clients share: limits, counts, leases. */
@NullMarked
package dev.paddock.adapters.http.pool;

import org.jspecify.annotations.NullMarked;
