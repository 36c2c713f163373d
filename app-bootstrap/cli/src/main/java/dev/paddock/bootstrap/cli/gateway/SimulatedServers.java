package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Simulated model servers behind a gateway, to try things out. */
final class SimulatedServers implements AutoCloseable {

    /** Concurrent answers of a simulator: more than a user needs to try things out. */
    private static final int PARALLEL = 64;

    /** With several servers the choice among them shows: a model takes a while to load, and not all have room at the same time. */
    private static final Duration LOAD_TIME = Duration.ofMillis(500);
    private static final int LOADED_MODELS = 2;

    private final List<OllamaSimulator> simulators = new ArrayList<>();

    /** Starts the given number of servers on free ports; none for zero. */
    static SimulatedServers start(int count) {
        SimulatedServers servers = new SimulatedServers();
        try {
            for (int server = 0; server < count; server++) {
                servers.simulators.add(OllamaSimulator.start(settings(count > 1)));
            }
            return servers;
        } catch (UncheckedIOException noPort) {
            servers.close();
            throw new CommandFailedException(
                    "the simulator cannot listen: " + noPort.getMessage(), "Run it elsewhere and name it with --base-url.");
        }
    }

    private static SimulatorSettings settings(boolean isOneOfSeveral) {
        SimulatorSettings.Builder settings = SimulatorSettings.builder().port(0).parallel(PARALLEL);
        return isOneOfSeveral ? settings.loadTime(LOAD_TIME).maxLoadedModels(LOADED_MODELS).build() : settings.build();
    }

    boolean isEmpty() {
        return simulators.isEmpty();
    }

    /** Returns the servers in the notation of {@code paddock.backends}, with the ids {@code sim-1} and so on. */
    List<String> backends() {
        return IntStream.range(0, simulators.size())
                .mapToObj(server -> "sim-" + (server + 1) + "=" + simulators.get(server).baseUrl())
                .toList();
    }

    /** Returns the base URL of the only server. */
    String baseUrl() {
        return simulators.getFirst().baseUrl();
    }

    boolean isOne() {
        return simulators.size() == 1;
    }

    /** Returns how the servers are named in a sentence. */
    String description() {
        return simulators.size() == 1 ? ", a simulator" : ", " + simulators.size() + " simulators";
    }

    @Override
    public void close() {
        simulators.forEach(OllamaSimulator::close);
    }
}
