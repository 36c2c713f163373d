package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.PoolLimits;

/** What clients must have in common to share one pool. */
record PoolKey(Endpoint endpoint, TransportSettings settings, PoolLimits limits) {}
