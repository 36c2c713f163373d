package dev.paddock.wholesystem;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.recording.SimulatorCounters;
import dev.paddock.adapters.http.sim.script.AnswerScript;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Simulated model servers, which can be stopped and started again on the same ports. Thread-safe. */
public final class SimulatedFleet implements AutoCloseable {

    /** The model of questions that name none. */
    public static final String MODEL = "llama3.2";

    /** A second model for chats. */
    public static final String OTHER_MODEL = "qwen3:4b";

    /** The embedding model. */
    public static final String EMBEDDING_MODEL = "nomic-embed-text";

    private final AnswerScript script;
    private final List<ServerTraits> traits;
    private final List<@Nullable OllamaSimulator> servers = new ArrayList<>(); // null while stopped; guarded by this, as all below
    private final List<Integer> ports = new ArrayList<>();
    private final Map<String, Long> ofStopped = new LinkedHashMap<>();
    private long acceptedByStopped;

    private SimulatedFleet(AnswerScript script, List<ServerTraits> traits) {
        this.script = requireNonNull(script, "script");
        this.traits = List.copyOf(traits);
    }

    /**
     * What a server can do.
     *
     * @param promptTime until the first token of an answer, and for each text to embed
     * @param tokenTime from one token to the next
     * @param loadTime of a model that is not in memory
     * @param slots answers of one model at the same time
     * @param connectionTime what the first request of a connection costs, as a network and TLS would
     */
    public record ServerTraits(Duration promptTime, Duration tokenTime, Duration loadTime, int slots, Duration connectionTime) {

        /** Returns a server whose answers take so many times as long. */
        public ServerTraits slower(int times) {
            return new ServerTraits(promptTime.multipliedBy(times), tokenTime.multipliedBy(times), loadTime, slots, connectionTime);
        }

        /** Returns a server whose connections cost this much. */
        public ServerTraits withConnectionTime(Duration time) {
            return new ServerTraits(promptTime, tokenTime, loadTime, slots, time);
        }
    }

    /** Starts one server for each element, on free ports. */
    public static SimulatedFleet start(AnswerScript script, List<ServerTraits> traits) {
        SimulatedFleet fleet = new SimulatedFleet(script, traits);
        for (int server = 0; server < traits.size(); server++) {
            OllamaSimulator started = fleet.launch(server, 0);
            fleet.servers.add(started);
            fleet.ports.add(started.port());
        }
        return fleet;
    }

    private OllamaSimulator launch(int server, int port) {
        ServerTraits trait = traits.get(server);
        OllamaSimulator simulator = OllamaSimulator.start(SimulatorSettings.builder()
                .port(port)
                .promptTime(trait.promptTime())
                .tokenInterval(trait.tokenTime())
                .loadTime(trait.loadTime())
                .parallel(trait.slots())
                .connectionCost(trait.connectionTime())
                .models(List.of(
                        SimulatedModel.named(MODEL), SimulatedModel.named(OTHER_MODEL), SimulatedModel.named(EMBEDDING_MODEL)))
                .build());
        simulator.script(script);
        return simulator;
    }

    /** Returns the number of servers. */
    public int size() {
        return traits.size();
    }

    /** Returns the ports, also of servers that are stopped. */
    public synchronized List<Integer> ports() {
        return List.copyOf(ports);
    }

    /** Returns the servers in the notation of {@code paddock.backends}. */
    public synchronized String backends() {
        return String.join(",", IntStream.range(0, ports.size())
                .mapToObj(server -> "server-" + (server + 1) + "=http://127.0.0.1:" + ports.get(server))
                .toList());
    }

    /** Returns a running server; null while it is stopped. */
    public synchronized @Nullable OllamaSimulator server(int number) {
        return servers.get(number);
    }

    /** Stops a server as abruptly as a killed process: its connections end and its answers break off. Nothing happens when it is stopped. */
    public void kill(int number) {
        OllamaSimulator running;
        synchronized (this) {
            running = servers.set(number, null);
        }
        if (running != null) {
            running.close();
            synchronized (this) {
                acceptedByStopped += running.counters().connectionsAccepted();
                counts(running.counters()).forEach((name, count) -> ofStopped.merge(name, count, Long::sum));
            }
        }
    }

    /** Starts a stopped server again on its port, without models in memory. Nothing happens when it runs. */
    public synchronized void restart(int number) {
        if (servers.get(number) == null) {
            servers.set(number, launch(number, ports.get(number)));
        }
    }

    /** Returns the number of connections that all servers have accepted. */
    public synchronized long connectionsAccepted() {
        return acceptedByStopped + sum(SimulatorCounters::connectionsAccepted);
    }

    /** Returns the number of connections that are open now. */
    public synchronized long connectionsOpen() {
        return sum(SimulatorCounters::connectionsOpen);
    }

    /** Returns what all servers have done: calls of models, how many of them embedded, and loads of models. */
    public synchronized Map<String, Long> counts() {
        Map<String, Long> sums = new LinkedHashMap<>(counts(SimulatedFleet.NONE));
        ofStopped.forEach((name, count) -> sums.merge(name, count, Long::sum));
        for (OllamaSimulator server : servers) {
            if (server != null) {
                counts(server.counters()).forEach((name, count) -> sums.merge(name, count, Long::sum));
            }
        }
        return sums;
    }

    private static final SimulatorCounters NONE =
            new SimulatorCounters(0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static Map<String, Long> counts(SimulatorCounters counters) {
        Map<String, Long> counts = new LinkedHashMap<>();
        long embeddings = counters.requestsTo("/api/embed");
        counts.put("upstream_calls", embeddings + counters.requestsTo("/api/chat"));
        counts.put("embedding_calls", embeddings);
        counts.put("cold_loads", counters.loadsStarted());
        return counts;
    }

    private long sum(ToLongFunction<SimulatorCounters> count) {
        return servers.stream().filter(server -> server != null).mapToLong(server -> count.applyAsLong(server.counters())).sum();
    }

    @Override
    public void close() {
        for (int server = 0; server < traits.size(); server++) {
            kill(server);
        }
    }
}
