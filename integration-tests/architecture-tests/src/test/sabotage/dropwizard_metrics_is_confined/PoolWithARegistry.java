package dev.paddock.adapters.http.pool;

import com.codahale.metrics.MetricRegistry;

final class PoolWithARegistry {
    MetricRegistry registry;
}
