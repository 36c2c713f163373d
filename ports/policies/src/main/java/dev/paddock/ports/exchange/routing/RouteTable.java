package dev.paddock.ports.exchange.routing;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.admission.ModelGroup;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.routing.PlacementRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The servers of one client, and which of them may take a call. Immutable but for a cache; thread-safe. */
final class RouteTable {

    private static final String NATIVE_PATHS = "/api/";
    private static final int MOST_MODELS = 1000;

    private final List<OpenRoute> routes;
    private final Map<RoutedBackend, OpenRoute> byState = new ConcurrentHashMap<>();
    private final Map<String, List<RoutedModel>> models = new ConcurrentHashMap<>(); // by canonical name, in the order of the routes

    RouteTable(List<OpenRoute> routes) {
        this.routes = List.copyOf(routes);
        routes.forEach(route -> byState.put(route.state(), route));
    }

    List<OpenRoute> routes() {
        return routes;
    }

    /** Returns the route to the server of a candidate. */
    OpenRoute routeTo(RoutedModel candidate) {
        return requireNonNull(byState.get(candidate.owner()), "a candidate of another table");
    }

    /**
     * Returns the servers that a call may be sent to: those in order that it was not sent to; else all to which it was not sent; else
     * all. Servers that do not have the model come last of all. None are returned only when all are drained, or none has the API.
     *
     * @param model the canonical name of the model
     * @param labels what the servers must have
     * @param call the servers that the call was sent to, or null for a call that is not tried again
     */
    Candidates candidates(
            String model, Set<String> labels, ExchangeRequest request, @Nullable CallRoute call, PlacementRequest placement) {
        List<RoutedModel> all = models(model);
        if (labels.isEmpty() && (call == null || call.latest() == null) && areAllGood(all, isNative(request), placement.now())) {
            return new Candidates(all, all.size() > 1, true); // the usual case, in one pass
        }
        List<RoutedModel> able = able(all, labels, request);
        List<RoutedModel> present = filter(able, candidate -> !candidate.isAbsent());
        if (present.isEmpty()) {
            // One server says that there is no such model.
            List<RoutedModel> sound = filter(able, candidate -> isSound(candidate, placement.now()));
            return new Candidates(sound.isEmpty() ? able : sound, false, false);
        }
        List<RoutedModel> fresh = call == null || call.latest() == null ? present : filter(present, candidate -> !call.includes(candidate.owner().backend().id()));
        List<RoutedModel> left = fresh.isEmpty() ? present : fresh;
        List<RoutedModel> sound = filter(left, candidate -> isSound(candidate, placement.now()));
        boolean isGood = !fresh.isEmpty() && !sound.isEmpty();
        return new Candidates(sound.isEmpty() ? left : sound, isGood && sound.size() > 1, isGood);
    }

    /**
     * Returns the model at each server of a group that can answer for it now, whatever the path of a request is. When all of them are out of
     * order, these are all that calls are sent to then.
     */
    List<RoutedModel> able(ModelGroup group, long now) {
        List<RoutedModel> able = filter(models(group.model()), candidate -> !candidate.owner().isDrained()
                && !candidate.isAbsent()
                && (group.servers().isEmpty() || group.servers().contains(candidate.owner().backend().id())));
        List<RoutedModel> sound = filter(able, candidate -> isSound(candidate, now));
        return sound.isEmpty() ? able : sound;
    }

    /** Returns the model at each server that has these labels and the model, as far as it is known. */
    List<RoutedModel> withModel(String model, Set<String> labels) {
        return filter(models(model), candidate -> !candidate.isAbsent() && candidate.owner().backend().labels().containsAll(labels));
    }

    /** Returns whether a server has the model, as far as it is known. */
    boolean isListed(String model) {
        for (RoutedModel candidate : models(model)) {
            if (!candidate.isAbsent()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the routes whose servers may be asked for their models. */
    List<OpenRoute> readable(ExchangeRequest request) {
        return routes.stream()
                .filter(route -> !route.state().isDrained() && !route.state().isUnreachable())
                .filter(route -> !isNative(request) || route.state().backend().hasNativeApi())
                .toList();
    }

    private static boolean areAllGood(List<RoutedModel> candidates, boolean isNative, long now) {
        for (RoutedModel candidate : candidates) {
            RoutedBackend owner = candidate.owner();
            boolean isGood = !owner.isDrained() && !candidate.isAbsent() && isSound(candidate, now);
            if (!isGood || (isNative && !owner.backend().hasNativeApi())) {
                return false;
            }
        }
        return !candidates.isEmpty();
    }

    private static List<RoutedModel> able(List<RoutedModel> all, Set<String> labels, ExchangeRequest request) {
        return filter(all, candidate -> !candidate.owner().isDrained()
                && hasApi(candidate, request)
                && candidate.owner().backend().labels().containsAll(labels));
    }

    /** Returns whether the server of a candidate has the API of the path. */
    static boolean hasApi(RoutedModel candidate, ExchangeRequest request) {
        return !isNative(request) || candidate.owner().backend().hasNativeApi();
    }

    private static boolean isNative(ExchangeRequest request) {
        return request.target().startsWith(NATIVE_PATHS);
    }

    static boolean isSound(RoutedModel candidate, long now) {
        RoutedBackend owner = candidate.owner();
        return !owner.outliers().isEjected(now) && !owner.isUnreachable() && !candidate.isRefused(now);
    }

    private static List<RoutedModel> filter(List<RoutedModel> candidates, Predicate<RoutedModel> condition) {
        int rejected = 0;
        while (rejected < candidates.size() && condition.test(candidates.get(rejected))) {
            rejected++;
        }
        if (rejected == candidates.size()) {
            return candidates; // the usual case copies nothing
        }
        List<RoutedModel> accepted = new ArrayList<>(candidates.size());
        for (RoutedModel candidate : candidates) {
            if (condition.test(candidate)) {
                accepted.add(candidate);
            }
        }
        return accepted;
    }

    private List<RoutedModel> models(String model) {
        List<RoutedModel> known = models.get(model);
        if (known != null && !hasForgotten(known)) {
            return known;
        }
        if (models.size() >= MOST_MODELS) {
            models.clear();
        }
        List<RoutedModel> created = routes.stream().map(route -> route.state().model(model)).toList();
        models.put(model, created);
        return created;
    }

    /** Returns whether a server has forgotten what it knew of the model, and would learn it in another object. */
    private static boolean hasForgotten(List<RoutedModel> known) {
        for (RoutedModel model : known) {
            if (model.isForgotten()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Servers that may take a call.
     *
     * @param models the model at each of them
     * @param hasAlternative whether another one can take the call when the chosen one does not
     * @param isGood whether they have the model as far as it is known, are in order, and the call was not sent to them
     */
    record Candidates(List<RoutedModel> models, boolean hasAlternative, boolean isGood) {

        /** Returns whether the servers do not have the model: all of them or none. */
        boolean isAbsent() {
            return !models.isEmpty() && models.getFirst().isAbsent();
        }
    }
}
