package dev.paddock.bootstrap;

import dev.paddock.adapters.http.exchange.HttpExchangePort;
import dev.paddock.adapters.http.llm.HttpModelCatalogAdapter;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.routing.JsonCatalogUnion;
import dev.paddock.adapters.http.wire.routing.JsonRequestTraits;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.DialectName;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.exchange.routing.Route;
import dev.paddock.ports.exchange.routing.RouteExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** The chains of one client to several servers: for each the permits, the circuits, the pool and the later policies. Thread-safe. */
final class BackendRoutes implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger("paddock.backend");
    private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

    private final PaddockSettings settings;
    private final OwnParts own;
    private final SharedResources shared;
    private final Ticker ticker;
    private final RouteExchangePort port;
    private final Lock lock = new ReentrantLock();
    private Map<BackendSettings, Route> routes = new LinkedHashMap<>(); // guarded by lock

    BackendRoutes(PaddockSettings settings, OwnParts own, MetricsPort metrics, SharedResources shared, Ticker ticker) {
        this.settings = settings;
        this.own = own;
        this.shared = shared;
        this.ticker = ticker;
        this.port = new RouteExchangePort(
                shared.directory(),
                settings.backends().routing(),
                new JsonRequestTraits(),
                new JsonCatalogUnion(),
                settings.backends().aliases(),
                metrics,
                BackendRoutes::warn,
                RANDOM);
        replace(settings.backends().list().isEmpty() ? List.of(BackendSettings.of(settings.server())) : settings.backends().list());
    }

    private static void warn(String sentence) {
        LOGGER.log(System.Logger.Level.WARNING, sentence);
    }

    RouteExchangePort port() {
        return port;
    }

    /** Replaces the servers; one whose settings are the same goes on, and calls in progress at a removed one end as usual. */
    void replace(List<BackendSettings> backends) {
        lock.lock();
        try {
            Map<BackendSettings, Route> before = routes;
            Map<BackendSettings, Route> after = new LinkedHashMap<>();
            backends.forEach(backend -> after.put(backend, before.containsKey(backend) ? before.get(backend) : route(backend)));
            port.replace(List.copyOf(after.values()));
            routes = after;
        } finally {
            lock.unlock();
        }
    }

    private Route route(BackendSettings backend) {
        Dialect dialect = own.dialectFor(backend.server().dialect());
        TransportLease connections = shared.pool().lease(
                backend.server().baseUrl().endpoint(), settings.connections().to(backend.server().baseUrl().endpoint()), settings.connections().pool());
        HttpExchangePort attempts = new HttpExchangePort(
                connections,
                backend.server().baseUrl(),
                backend.id(),
                settings.exchange(backend.server()).withAnswers(dialect.answers()),
                ticker);
        List<ExchangeDecorator> decorators = new ArrayList<>();
        decorators.add(shared.backends().attempts(backend.id(), backend.server().baseUrl()));
        decorators.addAll(own.decorators().stream().filter(BackendRoutes::isOfEachServer).toList());
        ExchangeChain chain = ExchangeChain.assemble(attempts, decorators);
        boolean hasNativeApi = dialect.name().equals(DialectName.OLLAMA.label());
        return new Route(
                new Backend(
                        backend.id(), backend.server().baseUrl(), hasNativeApi, backend.weight(), backend.slots(), backend.labels()),
                chain,
                new HttpModelCatalogAdapter(chain, dialect),
                () -> {
                    chain.close();
                    connections.close();
                });
    }

    /** Returns whether a policy exists once for each server, because its stage is behind the choice of one. */
    static boolean isOfEachServer(ExchangeDecorator decorator) {
        return decorator.stage().compareTo(Stage.ROUTE) > 0;
    }

    @Override
    public void close() {
        port.close();
    }
}
