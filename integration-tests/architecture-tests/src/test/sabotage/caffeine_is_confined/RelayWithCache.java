package dev.paddock.adapters.http.gateway.relay;

import com.github.benmanes.caffeine.cache.Caffeine;

/** SABOTAGE: a cache of its own in the relay. */
final class RelayWithCache {

    Object newCache() {
        return Caffeine.newBuilder().build();
    }
}
