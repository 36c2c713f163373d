package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.routing.ModelAlias;
import dev.paddock.domain.routing.RoutingSettings;
import java.util.List;

/**
 * The servers among which calls choose. Immutable.
 *
 * @param list the servers, with different names; empty for the one server of {@link PaddockSettings#server()}
 * @param routing how one is chosen
 * @param aliases names that stand for models
 * @param mayChange whether servers may be replaced while calls are made; without it, a list of one server needs no choice
 */
public record BackendsSettings(List<BackendSettings> list, RoutingSettings routing, List<ModelAlias> aliases, boolean mayChange) {

    /** One server. */
    public static final BackendsSettings NONE = new BackendsSettings(List.of(), RoutingSettings.DEFAULT, List.of(), false);

    public BackendsSettings {
        list = List.copyOf(list);
        requireNonNull(routing, "routing");
        aliases = List.copyOf(aliases);
        if (list.stream().map(BackendSettings::id).distinct().count() < list.size()) {
            throw new InvalidRequestException("two backends have the same id", ErrorFacts.NONE);
        }
    }

    /** Returns these settings with the given servers. */
    public BackendsSettings withList(List<BackendSettings> newList) {
        return new BackendsSettings(newList, routing, aliases, mayChange);
    }

    /** Returns these settings with another way to choose. */
    public BackendsSettings withRouting(RoutingSettings newRouting) {
        return new BackendsSettings(list, newRouting, aliases, mayChange);
    }

    /** Returns these settings with the given names that stand for models. */
    public BackendsSettings withAliases(List<ModelAlias> newAliases) {
        return new BackendsSettings(list, routing, newAliases, mayChange);
    }

    /** Returns whether calls choose among servers or models; without it, there is one server, and no choice is in the chain. */
    public boolean isChoice() {
        return list.size() > 1 || (mayChange && !list.isEmpty()) || !aliases.isEmpty();
    }

    /** Returns these settings for a client whose servers may be replaced. */
    public BackendsSettings changing() {
        return new BackendsSettings(list, routing, aliases, true);
    }
}
