package dev.paddock.adapters.http.gateway.relay;

import io.lettuce.core.RedisClient;

/** SABOTAGE: a store of its own in the relay. */
final class RelayWithStore {

    Object newStore() {
        return RedisClient.create("redis://cache");
    }
}
