package dev.paddock.adapters.http.spi;

import dev.paddock.adapters.http.pool.TransportPoolManager;

final class TransportThatPools {
    TransportPoolManager manager;
}
