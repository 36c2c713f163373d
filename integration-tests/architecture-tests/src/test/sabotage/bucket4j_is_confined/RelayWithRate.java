package dev.paddock.adapters.http.gateway.relay;

import io.github.bucket4j.Bucket;

final class RelayWithRate {
    Bucket bucket;
}
