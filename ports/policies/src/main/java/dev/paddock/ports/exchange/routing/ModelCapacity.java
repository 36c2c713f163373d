package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.admission.ModelGroup;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.routing.ModelAlias;
import dev.paddock.domain.routing.PlacementClass;
import dev.paddock.domain.routing.PlacementRequest;
import dev.paddock.domain.routing.RequestTraits;
import dev.paddock.domain.routing.RunnerOptions;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.admission.ModelCapacityPort;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the present servers can do for the calls to a model. Thread-safe. */
final class ModelCapacity implements ModelCapacityPort {

    private final Supplier<RouteTable> table;
    private final RouteSelection selection;
    private final RequestTraits traits;
    private final Ticker ticker;

    ModelCapacity(Supplier<RouteTable> table, RouteSelection selection, RequestTraits traits, Ticker ticker) {
        this.table = table;
        this.selection = selection;
        this.traits = traits;
        this.ticker = ticker;
    }

    @Override
    public ModelGroup group(ExchangeRequest request) {
        ModelGroup named = ModelGroup.of(request.model());
        RouteTable present = table.get();
        ModelAlias.Target target = selection.target(present, request, named.model(), ticker.nanos());
        ModelGroup meant = target == null ? named : ModelGroup.of(target.model());
        if (!present.isListed(meant.model())) {
            return ModelGroup.OTHERS; // else the names that callers choose would bring about queues, with slots for each
        }
        if (target == null || target.labels().isEmpty()) {
            return meant;
        }
        Set<BackendId> all = servers(present.withModel(meant.model(), Set.of()));
        Set<BackendId> selected = servers(present.withModel(meant.model(), target.labels()));
        return selected.equals(all) ? meant : new ModelGroup(meant.model(), selected);
    }

    private static Set<BackendId> servers(List<RoutedModel> models) {
        return models.stream().map(model -> model.owner().backend().id()).collect(Collectors.toSet());
    }

    @Override
    public int slots(ModelGroup group, int usual) {
        PlacementRequest any = new PlacementRequest(RunnerOptions.ANY, null, 0, 0, Long.MAX_VALUE, ticker.nanos());
        int loaded = 0;
        int ofOne = 0;
        for (RoutedModel candidate : table.get().able(group, any.now())) {
            int slots = candidate.slots(usual);
            loaded += candidate.placement(any) == PlacementClass.RESIDENT ? slots : 0;
            ofOne = Math.max(ofOne, slots);
        }
        return loaded > 0 ? loaded : Math.max(1, ofOne);
    }

    @Override
    public @Nullable Duration loadBeyond(ExchangeRequest request, ModelGroup group, Duration limit) {
        long now = ticker.nanos();
        List<RoutedModel> able = table.get().able(group, now);
        for (RoutedModel candidate : able) { // the usual case reads nothing of the request
            if (candidate.recentLoad(now) <= limit.toNanos()) {
                return null;
            }
        }
        PlacementRequest placement = new PlacementRequest(traits.options(request), null, 0, 0, Long.MAX_VALUE, now);
        double least = Double.MAX_VALUE;
        for (RoutedModel candidate : able) {
            boolean isLoaded = candidate.placement(placement) == PlacementClass.RESIDENT;
            least = isLoaded ? 0 : Math.min(least, candidate.expectedWait(placement) + candidate.expectedLoad(placement));
        }
        return able.isEmpty() || least <= limit.toNanos() ? null : Duration.ofNanos((long) least);
    }
}
