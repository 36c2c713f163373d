package dev.paddock.adapters.http.sharedstate;

import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import dev.paddock.ports.sharedstate.SharedStateProviderPort;

/** Opens state in Redis 6 or newer, or in Valkey; found as a service. Stateless. */
public final class RedisSharedStateProvider implements SharedStateProviderPort {

    @Override
    public SharedStatePort open(SharedStateSettings settings, MetricsPort metrics) {
        return RedisSharedState.open(settings, metrics);
    }
}
