package dev.paddock.bootstrap;

import dev.paddock.adapters.http.exchange.PoolMetricsListener;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.resilience.BackendRegistry;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.decorator.AdmissionControl;
import dev.paddock.ports.exchange.routing.BackendDirectory;
import dev.paddock.ports.exchange.routing.PollSchedule;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connection pool, the state of the servers and the admission queues, shared by the clients of one process. Nothing closes it: each client
 * releases its share, and the last one closes the connections.
 */
record SharedResources(
        TransportPoolManager pool, BackendRegistry backends, BackendDirectory directory, Map<Set<BaseUrl>, AdmissionControl> queues) {

    private static final Ticker TICKER = System::nanoTime;

    static SharedResources create(PaddockSettings settings, HttpTransportFactory transport, MetricsPort metrics) {
        return new SharedResources(
                new TransportPoolManager(transport, new PoolMetricsListener(metrics), TICKER),
                new BackendRegistry(settings.calls().resilience(), metrics, TICKER),
                new BackendDirectory(TICKER, InstantSource.system(), PollSchedule.threads()),
                new ConcurrentHashMap<>());
    }

    /** Returns the queue of the servers, or null when the client uses none. The first client that uses it decides its limits. */
    @Nullable AdmissionControl admission(PaddockSettings settings, MetricsPort metrics) {
        AdmissionSettings limits = settings.calls().admission();
        if (limits == null) {
            return null;
        }
        Set<BaseUrl> group = new HashSet<>(Set.of(settings.onlyBackend().server().baseUrl()));
        settings.backends().list().forEach(backend -> group.add(backend.server().baseUrl()));
        return queues.computeIfAbsent(group, servers -> new AdmissionControl(limits, metrics, TICKER));
    }
}
