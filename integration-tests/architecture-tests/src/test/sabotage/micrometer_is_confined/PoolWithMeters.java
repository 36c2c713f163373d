package dev.paddock.adapters.http.pool;

import io.micrometer.core.instrument.MeterRegistry;

final class PoolWithMeters {
    MeterRegistry registry;
}
