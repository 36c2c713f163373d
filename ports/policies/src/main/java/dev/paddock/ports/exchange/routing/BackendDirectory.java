package dev.paddock.ports.exchange.routing;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.time.Ticker;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process knows of the servers among which its clients choose. There is one per process, shared by every client; what is known of a
 * server is forgotten with the last route to it. Thread-safe.
 */
public final class BackendDirectory {

    private static final int MOST_MODELS = 1000;

    private final Ticker ticker;
    private final InstantSource clock;
    private final PollSchedule polls;
    private final Map<String, DecayingMean> loadTimes = new ConcurrentHashMap<>(); // by canonical name
    private final Map<Address, SharedState> backends = new ConcurrentHashMap<>();

    /**
     * Creates it without any server.
     *
     * @param ticker what time is measured with, {@code System::nanoTime} in production
     * @param clock what times of day are compared with, {@link InstantSource#system} in production
     * @param polls repeats what asks the servers for their models, {@link PollSchedule#threads} in production
     */
    public BackendDirectory(Ticker ticker, InstantSource clock, PollSchedule polls) {
        this.ticker = requireNonNull(ticker, "ticker");
        this.clock = requireNonNull(clock, "clock");
        this.polls = requireNonNull(polls, "polls");
    }

    /** Returns what is known of a server, from now on with the given weight, slots and labels, until it is released as often. */
    RoutedBackend acquire(Backend backend) {
        SharedState shared = backends.compute(Address.of(backend), (address, known) -> known == null
                ? new SharedState(new RoutedBackend(backend, ticker, this::loadTime), 1)
                : new SharedState(known.state(), known.users() + 1));
        shared.state().configure(backend);
        return shared.state();
    }

    void release(Backend backend) {
        backends.computeIfPresent(
                Address.of(backend), (address, known) -> known.users() == 1 ? null : new SharedState(known.state(), known.users() - 1));
    }

    /** Returns the time to load a model, for servers where it was not measured; names beyond the limit have none in common. */
    private DecayingMean loadTime(String model) {
        return loadTimes.size() < MOST_MODELS
                ? loadTimes.computeIfAbsent(model, name -> new DecayingMean(RoutedModel.LOAD_DECAY_NANOS))
                : loadTimes.getOrDefault(model, new DecayingMean(RoutedModel.LOAD_DECAY_NANOS));
    }

    Ticker ticker() {
        return ticker;
    }

    InstantSource clock() {
        return clock;
    }

    PollSchedule polls() {
        return polls;
    }

    /** The name and the place of a server. */
    private record Address(BackendId id, BaseUrl baseUrl) {

        static Address of(Backend backend) {
            return new Address(backend.id(), backend.baseUrl());
        }
    }

    /** What is known of a server, and how many routes lead to it. */
    private record SharedState(RoutedBackend state, int users) {}
}
