package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.routing.Backend;
import java.util.Set;

/**
 * One of several servers. Immutable; the text form contains no secrets.
 *
 * @param id its name, which no other one has
 * @param server how it is addressed
 * @param weight how much work it gets compared with others of the same speed, positive
 * @param slots answers that it gives at the same time for one model; 0 when that is to be learned
 * @param labels what aliases select it by
 */
public record BackendSettings(BackendId id, ServerSettings server, double weight, int slots, Set<String> labels) {

    public BackendSettings {
        requireNonNull(id, "id");
        requireNonNull(server, "server");
        labels = Set.copyOf(labels);
        Backend unused = new Backend(id, server.baseUrl(), true, weight, slots, labels);
    }

    /** Returns the settings of a server that is named by its base URL, without a key, with Ollama's API and what else is usual. */
    public static BackendSettings of(BaseUrl baseUrl) {
        return of(new ServerSettings(baseUrl, null, DialectName.OLLAMA));
    }

    /** Returns the settings of a server that is named by its base URL, with what else is usual. */
    public static BackendSettings of(ServerSettings server) {
        return new BackendSettings(BackendId.of(server.baseUrl()), server, 1, 0, Set.of());
    }

    /** Returns these settings with the given name. */
    public BackendSettings withId(BackendId newId) {
        return new BackendSettings(newId, server, weight, slots, labels);
    }

    /** Returns these settings with the given server. */
    public BackendSettings withServer(ServerSettings newServer) {
        return new BackendSettings(id, newServer, weight, slots, labels);
    }

    /** Returns these settings with the given weight. */
    public BackendSettings withWeight(double newWeight) {
        return new BackendSettings(id, server, newWeight, slots, labels);
    }

    /** Returns these settings with the given number of slots, 0 for one that is to be learned. */
    public BackendSettings withSlots(int newSlots) {
        return new BackendSettings(id, server, weight, newSlots, labels);
    }

    /** Returns these settings with the given labels. */
    public BackendSettings withLabels(Set<String> newLabels) {
        return new BackendSettings(id, server, weight, slots, newLabels);
    }
}
