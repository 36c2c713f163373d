package dev.paddock.ports.exchange.routing;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.metrics.RoutingMetrics;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.routing.AnswerTimings;
import dev.paddock.domain.routing.BackendPick;
import dev.paddock.domain.routing.BackendState;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.domain.routing.CatalogUnion;
import dev.paddock.domain.routing.ModelAlias;
import dev.paddock.domain.routing.PlacementClass;
import dev.paddock.domain.routing.PlacementRequest;
import dev.paddock.domain.routing.RequestTraits;
import dev.paddock.domain.routing.RoutingSettings;
import dev.paddock.ports.admission.AdmissionPort;
import dev.paddock.ports.admission.ModelCapacityPort;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.routing.BackendsPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a server for each attempt, at {@link dev.paddock.ports.exchange.chain.Stage#ROUTE}: by the models in memory, by load and by recent
 * failures. An attempt that was refused before it was sent, or whose server does not have the model, goes on to another server at once. Any
 * other failure is left to the retries outside, which learn by the {@link CallRoute} whether another server can take the call.
 *
 * <p>The servers can be replaced; calls in progress at a server that was removed go on to their end. Thread-safe.
 */
public final class RouteExchangePort implements ExchangePort, BackendsPort, AutoCloseable {

    private static final Set<String> LISTS = Set.of("/api/tags", "/api/ps", "/v1/models");

    private final BackendDirectory directory;
    private final RoutingSettings settings;
    private final RequestTraits traits;
    private final CatalogUnion union;
    private final RouteSelection selection;
    private final ModelCapacityPort capacity;
    private final MetricsPort metrics;
    private final RandomGenerator random;
    private final DigestConflicts conflicts;
    private final Lock lock = new ReentrantLock();
    private volatile RouteTable table = new RouteTable(List.of());
    private final List<OpenRoute> removed = new ArrayList<>(); // with calls in progress, guarded by lock
    private boolean closed; // guarded by lock

    /**
     * Creates the port without a server.
     *
     * @param directory what is known of the servers, shared with other ports
     * @param settings how a server is chosen here
     * @param traits reads requests and answers
     * @param union merges the lists of the models of several servers
     * @param aliases names that stand for models
     * @param warnings receives sentences for an operator, each once
     * @param random the source of chance, thread-safe
     */
    public RouteExchangePort(
            BackendDirectory directory,
            RoutingSettings settings,
            RequestTraits traits,
            CatalogUnion union,
            List<ModelAlias> aliases,
            MetricsPort metrics,
            Consumer<String> warnings,
            RandomGenerator random) {
        this.directory = requireNonNull(directory, "directory");
        this.settings = requireNonNull(settings, "settings");
        this.traits = requireNonNull(traits, "traits");
        this.union = requireNonNull(union, "union");
        this.selection = new RouteSelection(aliases, traits);
        this.capacity = new ModelCapacity(() -> table, selection, traits, directory.ticker());
        this.metrics = requireNonNull(metrics, "metrics");
        this.random = requireNonNull(random, "random");
        this.conflicts = new DigestConflicts(requireNonNull(warnings, "warnings"));
        metrics.gauge(RoutingMetrics.DIGEST_CONFLICTS.with(), conflicts::count);
    }

    /**
     * Replaces the servers. A route to a server of the same name, place and settings as before should be the same object, which goes on;
     * a route that is not in the list takes no further calls and is closed when its last one has ended.
     *
     * @param routes at least one, with different names
     */
    public void replace(List<Route> routes) {
        if (routes.isEmpty() || routes.stream().map(route -> route.backend().id()).distinct().count() < routes.size()) {
            throw new IllegalArgumentException("there must be routes to at least one server, and one to each");
        }
        lock.lock();
        try {
            if (closed) {
                routes.forEach(route -> route.closing().run());
                return;
            }
            List<OpenRoute> before = table.routes();
            List<OpenRoute> after = new ArrayList<>();
            for (Route route : routes) {
                after.add(before.stream()
                        .filter(open -> open.route().equals(route))
                        .findFirst()
                        .orElseGet(() -> open(route)));
            }
            table = new RouteTable(after);
            before.stream().filter(open -> !after.contains(open)).forEach(this::remove);
            compareDigests(); // without those of a server that was removed
        } finally {
            lock.unlock();
        }
    }

    private OpenRoute open(Route route) {
        RoutedBackend state = directory.acquire(route.backend());
        BackendId id = route.backend().id();
        metrics.gauge(RoutingMetrics.STATE.with(id.value()), () -> table.routes().stream()
                .filter(open -> open.route().backend().id().equals(id))
                .mapToDouble(open -> code(open.state().state(now())))
                .findFirst()
                .orElse(Double.NaN)); // it was removed
        BackendPoller poller = new BackendPoller(state, route.catalog(), settings.poll(), directory, random, this::compareDigests);
        return new OpenRoute(route, state, poller, directory);
    }

    private void compareDigests() {
        lock.lock(); // the last comparison must see the lists of all, and the present servers
        try {
            conflicts.compare(table.routes().stream().map(OpenRoute::state).toList());
        } finally {
            lock.unlock();
        }
    }

    private void remove(OpenRoute route) {
        route.remove();
        removed.add(route);
        removed.removeIf(OpenRoute::isClosed);
    }

    private static int code(BackendState state) {
        return switch (state) {
            case ACTIVE -> 0;
            case UNREACHABLE -> 1;
            case EJECTED -> 2;
            case DRAINED -> 3;
        };
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        Exchange union = isList(request) ? union(request, context) : null;
        if (union != null) {
            return union;
        }
        if (settings.changes() == RoutingSettings.Changes.ALL && ChangeCall.isChange(request)) {
            List<OpenRoute> routes = table.readable(request);
            if (routes.size() > 1) {
                return ChangeCall.open(request, context, routes, shared -> openOne(request, shared));
            }
        }
        return openOne(request, context);
    }

    private static boolean isList(ExchangeRequest request) {
        return request.method().equals("GET") && LISTS.contains(request.target());
    }

    private @Nullable Exchange union(ExchangeRequest request, CallContext context) {
        return new UnionCall(request, context, union, directory.ticker()).open(table.readable(request), selection.modelsByAlias());
    }

    private Exchange openOne(ExchangeRequest request, CallContext context) {
        Duration backlog = context.get(AdmissionPort.BACKLOG);
        Deadline deadline = context.deadline();
        PlacementRequest placement = new PlacementRequest(
                traits.options(request),
                traits.affinity(request, settings.affinity()),
                settings.loadTime().toNanos(),
                backlog == null ? 0 : backlog.toNanos(),
                deadline == null ? Long.MAX_VALUE : deadline.remaining().toNanos(),
                now());
        CallRoute outer = context.get(CallRoute.KEY);
        CallRoute call = outer == null ? new AttemptRoute() : outer;
        int absent = 0;
        while (true) {
            RouteTable present = table;
            RouteSelection.Selection selected = selection.select(present, request, call, placement);
            RouteTable.Candidates candidates = selected.candidates();
            RoutedModel chosen = choose(request, candidates, placement);
            OpenRoute route = present.routeTo(chosen);
            if (!route.enter()) {
                continue; // it was removed just now, and the table has been replaced
            }
            boolean runsModel = request.operation().operationClass().runsModel();
            PlacementClass placementThere = runsModel ? chosen.placement(placement) : PlacementClass.RESIDENT;
            metrics.count(RoutingMetrics.PICKS.with(route.route().backend().id().value(), placementThere.label()), 1);
            note(call, route.route().backend().id(), candidates.hasAlternative());
            RoutedAttempt attempt = new RoutedAttempt(this, route, chosen, placementThere, placement.options(), runsModel, now());
            try {
                Exchange answer = route.route().attempts().open(selected.request(), context);
                AnswerVerdict verdict = answer.verdict();
                attempt.answered(verdict, isWhole(request, answer));
                RoutedExchange routed = new RoutedExchange(answer, attempt, timings(route, request), absent);
                if (verdict != AnswerVerdict.MODEL_MISSING) {
                    return routed;
                }
                attempt.missed();
                if (!candidates.hasAlternative()) {
                    return routed;
                }
                routed.close();
                absent++;
            } catch (LlmException failure) {
                attempt.failed(failure);
                if (!candidates.hasAlternative() || !AttemptSignal.isRefusal(failure) || context.cancellation().isCancelled()) {
                    throw absent == 0 ? failure : failure.withFacts(failure.facts().withAttempts(failure.facts().attempts() + absent));
                }
            } catch (RuntimeException | Error defect) {
                attempt.discard();
                throw defect;
            }
        }
    }

    private static boolean isWhole(ExchangeRequest request, Exchange answer) {
        return request.operation().operationClass() == OperationClass.GENERATE && answer.head().framing() == Framing.DOCUMENT;
    }

    /** Returns what reads where the time of an answer goes; null when nothing is learned from it, because the slots are set. */
    private @Nullable AnswerTimings timings(OpenRoute route, ExchangeRequest request) {
        return route.state().backend().slots() > 0 ? null : new AnswerTimings(traits, request);
    }

    private void note(CallRoute call, BackendId backend, boolean hasAlternative) {
        BackendId before = call.latest();
        if (before != null && !before.equals(backend)) {
            metrics.count(RoutingMetrics.FAILOVERS.with(before.value()), 1);
        }
        call.add(backend, hasAlternative);
    }

    private RoutedModel choose(ExchangeRequest request, RouteTable.Candidates candidates, PlacementRequest placement) {
        List<RoutedModel> models = candidates.models();
        if (models.isEmpty()) {
            throw new BackendUnavailableException(
                    "no backend may take the call: all are drained, or none has the API of its path", ErrorFacts.NONE, null);
        }
        // Changes go to the first server in the list: the parts of a model must reach the one that puts it together.
        return request.operation().operationClass() == OperationClass.MANAGE && request.operation() != Operation.OTHER
                ? models.getFirst()
                : models.get(BackendPick.choose(models, placement, random));
    }

    /** Takes what an attempt shows of its server, and ejects the server when it fails more than others. */
    void report(OpenRoute route, AttemptSignal signal) {
        long now = now();
        OutlierDetector outliers = route.state().outliers();
        if (outliers.record(signal, settings.ejection(), now)) {
            eject(route, now);
        }
    }

    private void eject(OpenRoute route, long now) {
        lock.lock();
        try {
            List<OpenRoute> others = table.routes().stream()
                    .filter(other -> other != route && other.state().state(now) == BackendState.ACTIVE)
                    .toList();
            long ejected = table.routes().stream().filter(other -> other != route && other.state().outliers().isEjected(now)).count();
            double share = route.state().outliers().failureShare(now);
            boolean othersFailLess = others.stream().anyMatch(other -> other.state().outliers().failureShare(now) < share / 2);
            boolean isMinority = (ejected + 1) * 2 <= table.routes().size();
            if (othersFailLess && isMinority && route.state().outliers().eject(settings.ejection(), now)) {
                metrics.count(RoutingMetrics.EJECTIONS.with(route.route().backend().id().value()), 1);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks all servers for their models, and returns the digests by canonical name: of a name that stands for different models all of them
     * together. A server that does not answer counts with what it said last. Null when no digest is known.
     */
    public @Nullable Map<String, String> digests() {
        List<OpenRoute> routes = table.routes();
        List<CompletableFuture<Void>> asked = routes.stream()
                .filter(route -> !route.state().isUnreachable())
                .map(route -> CompletableFuture.runAsync(
                        route.poller()::list, task -> Thread.ofVirtual().name("paddock-digests").start(task)))
                .toList();
        asked.forEach(CompletableFuture::join);
        Map<String, Set<String>> digests = new HashMap<>();
        for (OpenRoute route : routes) {
            for (RoutedModel model : route.state().listedModels()) {
                if (!model.digest().isEmpty()) {
                    digests.computeIfAbsent(model.name(), name -> new TreeSet<>()).add(model.digest());
                }
            }
        }
        selection.modelsByAlias().forEach((alias, models) -> {
            Set<String> ofAlias = new TreeSet<>();
            models.forEach(model -> ofAlias.addAll(digests.getOrDefault(ModelName.canonical(model), Set.of())));
            digests.putIfAbsent(ModelName.canonical(alias), ofAlias);
        });
        Map<String, String> joined = new HashMap<>();
        digests.forEach((name, different) -> joined.put(name, String.join("+", different)));
        return joined.isEmpty() ? null : joined;
    }

    /** Returns what the present servers can do for the calls to a model. */
    public ModelCapacityPort capacity() {
        return capacity;
    }

    @Override
    public List<BackendStatus> backends() {
        return table.routes().stream().map(route -> route.state().status()).toList();
    }

    @Override
    public boolean setDrained(BackendId backend, boolean isDrained) {
        List<OpenRoute> found =
                table.routes().stream().filter(route -> route.route().backend().id().equals(backend)).toList();
        found.forEach(route -> route.state().setDrained(isDrained));
        return !found.isEmpty();
    }

    /** Closes the routes, and with them the calls in progress. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            table.routes().forEach(OpenRoute::close);
            removed.forEach(OpenRoute::close);
        } finally {
            lock.unlock();
        }
    }

    long now() {
        return directory.ticker().nanos();
    }

}
