package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.routing.ModelAlias;
import dev.paddock.domain.routing.PlacementRequest;
import dev.paddock.domain.routing.RequestTraits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the servers that a request may be sent to, and the model that its alias stands for. Immutable; thread-safe. */
final class RouteSelection {

    private final Map<String, ModelAlias> aliases = new HashMap<>(); // by canonical name; filled by the constructor only
    private final RequestTraits traits;

    RouteSelection(List<ModelAlias> aliases, RequestTraits traits) {
        aliases.forEach(alias -> this.aliases.put(ModelName.canonical(alias.name()), alias));
        this.traits = traits;
    }

    /** Returns the models that each alias stands for. */
    Map<String, List<String>> modelsByAlias() {
        Map<String, List<String>> models = new HashMap<>();
        aliases.values().forEach(alias -> models.put(alias.name(), alias.targets().stream().map(ModelAlias.Target::model).toList()));
        return models;
    }

    /**
     * Returns what an alias stands for now: its first model that a server with the API of the request can answer for, else the first one that
     * such a server has. It is null for the name of a model.
     *
     * @param name the canonical name
     */
    ModelAlias.@Nullable Target target(RouteTable table, ExchangeRequest request, String name, long now) {
        ModelAlias alias = aliases.get(name);
        if (alias == null) {
            return null;
        }
        ModelAlias.Target otherwise = null;
        for (ModelAlias.Target target : alias.targets()) {
            List<RoutedModel> able = table.withModel(ModelName.canonical(target.model()), target.labels()).stream()
                    .filter(candidate -> !candidate.owner().isDrained() && RouteTable.hasApi(candidate, request))
                    .toList();
            if (able.stream().anyMatch(candidate -> RouteTable.isSound(candidate, now))) {
                return target;
            }
            otherwise = otherwise == null && !able.isEmpty() ? target : otherwise;
        }
        return otherwise == null ? alias.targets().getFirst() : otherwise;
    }

    /** Returns the selection for the first model that a server can answer for now, else for the first one that a server may have. */
    Selection select(RouteTable table, ExchangeRequest request, CallRoute call, PlacementRequest placement) {
        String model = request.model();
        String name = model == null ? "" : ModelName.canonical(model);
        ModelAlias alias = aliases.get(name);
        if (alias == null) {
            return new Selection(table.candidates(name, Set.of(), request, call, placement), request);
        }
        Selection otherwise = null;
        Selection chosen = null;
        for (ModelAlias.Target target : alias.targets()) {
            RouteTable.Candidates candidates =
                    table.candidates(ModelName.canonical(target.model()), target.labels(), request, call, placement);
            if (chosen != null && candidates.isGood()) {
                return chosen.withAlternative();
            }
            if (chosen == null && candidates.isGood()) {
                chosen = new Selection(candidates, traits.withModel(request, target.model()));
            }
            boolean isBetter = otherwise == null || (otherwise.candidates().isAbsent() && !candidates.isAbsent());
            if (isBetter && !candidates.models().isEmpty()) {
                otherwise = new Selection(candidates, traits.withModel(request, target.model()));
            }
        }
        if (chosen != null) {
            return chosen;
        }
        return otherwise == null ? new Selection(new RouteTable.Candidates(List.of(), false, false), request) : otherwise;
    }

    /**
     * Servers that may take a call.
     *
     * @param candidates the servers
     * @param request the request with the model that is meant
     */
    record Selection(RouteTable.Candidates candidates, ExchangeRequest request) {

        Selection withAlternative() {
            return new Selection(new RouteTable.Candidates(candidates.models(), true, candidates.isGood()), request);
        }
    }
}
