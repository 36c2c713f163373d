package dev.paddock.ports.exchange.routing;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.routing.RoutingSettings;
import dev.paddock.domain.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a process knows of the servers among which its clients choose. There is one per process, shared by every client. Thread-safe. */
public final class BackendDirectory {

    private final RoutingSettings settings;
    private static final int MOST_MODELS = 1000;

    private final Ticker ticker;
    private final Map<String, DecayingMean> loadTimes = new ConcurrentHashMap<>(); // by canonical name
    private final Map<Address, RoutedBackend> backends = new ConcurrentHashMap<>();

    /**
     * Creates it without any server.
     *
     * @param ticker what time is measured with, {@code System::nanoTime} in production
     */
    public BackendDirectory(RoutingSettings settings, Ticker ticker) {
        this.settings = requireNonNull(settings, "settings");
        this.ticker = requireNonNull(ticker, "ticker");
    }

    /** Returns what is known of a server, from now on with the given weight, slots and labels. */
    RoutedBackend of(Backend backend) {
        RoutedBackend known = backends.computeIfAbsent(
                new Address(backend.id(), backend.baseUrl()), added -> new RoutedBackend(backend, settings, ticker, this::loadTime));
        known.configure(backend);
        return known;
    }

    /** Returns the time to load a model, for servers where it was not measured; names beyond the limit have none in common. */
    private DecayingMean loadTime(String model) {
        return loadTimes.size() < MOST_MODELS
                ? loadTimes.computeIfAbsent(model, name -> new DecayingMean(RoutedModel.LOAD_DECAY_NANOS))
                : loadTimes.getOrDefault(model, new DecayingMean(RoutedModel.LOAD_DECAY_NANOS));
    }

    void remove(Backend backend) {
        backends.remove(new Address(backend.id(), backend.baseUrl()));
    }

    RoutingSettings settings() {
        return settings;
    }

    Ticker ticker() {
        return ticker;
    }

    /** The name and the place of a server. */
    private record Address(BackendId id, BaseUrl baseUrl) {}
}
