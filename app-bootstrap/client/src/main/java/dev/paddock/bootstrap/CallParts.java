package dev.paddock.bootstrap;

import dev.paddock.adapters.http.exchange.FullPoolExchangePort;
import dev.paddock.adapters.http.exchange.HttpExchangePort;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.resilience.ResilientExchangePort;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.routing.JsonRequestTraits;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.admission.ModelCapacityPort;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.decorator.AdmissionControl;
import dev.paddock.ports.exchange.decorator.AdmissionExchangePort;
import dev.paddock.ports.exchange.decorator.DeadlineExchangePort;
import dev.paddock.ports.exchange.decorator.InstrumentedExchangePort;
import dev.paddock.ports.exchange.decorator.OverloadExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What calls pass on their way to the server, made once: by the client, or by its first call. Thread-safe.
 *
 * <p>As a port it makes them when it is called.
 */
final class CallParts implements ExchangePort, AutoCloseable {

    private static final Ticker TICKER = System::nanoTime;

    private final PaddockSettings settings;
    private final OwnParts own;
    private final MetricsPort metrics;
    private final SharedResources shared;
    private final Lifecycle lifecycle;
    private final Lock lock = new ReentrantLock();
    private volatile @Nullable Made made;
    private boolean isClosed; // guarded by lock

    /**
     * Creates it without making anything.
     *
     * @param lifecycle closes what is made
     */
    CallParts(PaddockSettings settings, OwnParts own, MetricsPort metrics, SharedResources shared, Lifecycle lifecycle) {
        this.settings = settings;
        this.own = own;
        this.metrics = metrics;
        this.shared = shared;
        this.lifecycle = lifecycle;
    }

    /**
     * Returns whether nothing of it works, and nothing can fail, before the first call: several servers are asked for their models, other
     * processes share their state, caches belong to modules that may be absent, and some transports refuse odd names of hosts.
     */
    static boolean canBeDeferred(PaddockSettings settings) {
        return !settings.backends().isChoice()
                && settings.shared() == null
                && !settings.reuse().isAny()
                && !settings.metrics().jmx()
                && URI.create(settings.onlyBackend().server().baseUrl().endpoint().toString()).getHost() != null;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        return chain().open(request, context);
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        Made present = made;
        if (present == null) {
            ExchangePort.super.begin(request, context, end); // to make them may take long
        } else {
            present.chain().begin(request, context, end);
        }
    }

    ExchangePort chain() {
        return made().chain();
    }

    ReuseParts reuse() {
        return made().reuse();
    }

    @Nullable BackendRoutes routes() {
        return made().routes();
    }

    /** Returns what reads the digests of the models of several servers, or null with one server. */
    @Nullable Supplier<@Nullable Map<String, String>> digests() {
        BackendRoutes routes = routes();
        return routes == null ? null : routes.port()::digests;
    }

    @Nullable SharedStatePort sharedState() {
        return made().sharedState();
    }

    @Nullable AdmissionControl admission() {
        return made().admission();
    }

    /** What is made after it is closed at once, so that a late first call fails as every late call does. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }

    private Made made() {
        Made present = made;
        return present == null ? make() : present;
    }

    private Made make() {
        lock.lock();
        try {
            Made present = made;
            if (present == null) {
                present = assemble();
                made = present;
                if (isClosed) {
                    lifecycle.close();
                }
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Builds the chain: measure, deadline, cache, semantic cache, single-flight, batch, admission, retry, choice of a server
     * when there are several, permits and circuits, attempt; decorators of the application among them.
     */
    private Made assemble() {
        Dialect dialect = own.dialectFor(settings);
        SharedStatePort sharedState = openSharedState();
        AdmissionControl admission = shared.admission(settings, metrics);
        BackendRoutes routes = openRoutes();
        ReuseParts reuse = ReuseParts.of(
                settings.reuse(), dialect, routes == null ? null : routes.port()::digests, own.embeddings(), sharedState, metrics, TICKER);
        List<ExchangeDecorator> decorators = decorators(routes, reuse, admission);
        ExchangePort attempts = routes == null ? attempts(dialect, decorators) : routes.port();
        ExchangeChain chain = ExchangeChain.assemble(attempts, decorators);
        lifecycle.onClose(chain::close);
        return new Made(chain, reuse, routes, sharedState, admission);
    }

    private @Nullable SharedStatePort openSharedState() {
        SharedStateSettings of = settings.shared();
        if (of == null) {
            return null; // not even a class of the store's client is loaded
        }
        SharedStatePort opened = SharedStateProviders.only().open(of, metrics);
        lifecycle.onClose(opened::close);
        return opened;
    }

    private @Nullable BackendRoutes openRoutes() {
        if (!settings.backends().isChoice()) {
            return null;
        }
        BackendRoutes several = new BackendRoutes(settings, own, metrics, shared, TICKER);
        lifecycle.onClose(several::close);
        return several;
    }

    /** Returns the port to the only server, whose pool refuses calls before they are prepared. */
    private ExchangePort attempts(Dialect dialect, List<ExchangeDecorator> decorators) {
        BackendSettings only = settings.onlyBackend();
        TransportLease connections = shared.pool().lease(
                only.server().baseUrl().endpoint(), settings.connections().to(only.server().baseUrl().endpoint()), settings.connections().pool());
        lifecycle.onClose(connections::close);
        if (connections.limits().whenFull() == WhenFull.FAIL) {
            decorators.addFirst(FullPoolExchangePort.decorator(connections, only.id(), metrics));
        }
        return new HttpExchangePort(
                connections,
                only.server().baseUrl(),
                only.id(),
                settings.exchange(only.server()).withAnswers(dialect.answers()),
                TICKER);
    }

    private List<ExchangeDecorator> decorators(@Nullable BackendRoutes routes, ReuseParts reuse, @Nullable AdmissionControl admission) {
        List<ExchangeDecorator> decorators = new ArrayList<>();
        decorators.add(InstrumentedExchangePort.decorator(metrics, TICKER));
        Duration limit = settings.calls().timeout();
        if (limit != null) {
            decorators.add(DeadlineExchangePort.decorator(limit, TICKER));
        }
        decorators.addAll(reuse.decorators());
        if (admission != null) {
            ModelCapacityPort capacity = routes == null ? ModelCapacityPort.usual() : routes.port().capacity();
            decorators.add(AdmissionExchangePort.decorator(admission, capacity));
            decorators.add(OverloadExchangePort.decorator(new JsonRequestTraits()));
        }
        if (routes == null) {
            decorators.add(ResilientExchangePort.decorator(settings.onlyBackend().id(), settings.onlyBackend().server().baseUrl(), shared.backends()));
            decorators.addAll(own.decorators());
        } else {
            decorators.add(ResilientExchangePort.overSeveral(shared.backends()));
            own.decorators().stream().filter(policy -> !BackendRoutes.isOfEachServer(policy)).forEach(decorators::add);
        }
        return decorators;
    }

    /** What there is once the first call was made; {@code routes} is null with one server, the others when the settings switch them off. */
    private record Made(
            ExchangeChain chain,
            ReuseParts reuse,
            @Nullable BackendRoutes routes,
            @Nullable SharedStatePort sharedState,
            @Nullable AdmissionControl admission) {}
}
