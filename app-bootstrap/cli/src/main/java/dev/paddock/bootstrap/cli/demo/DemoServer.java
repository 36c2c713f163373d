package dev.paddock.bootstrap.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.cli.command.ServerOptions;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.demo.DemoScenario.DemoMeasurement;
import dev.paddock.domain.model.generation.ChatRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The simulated server of a scenario, and the measurement of its calls. */
final class DemoServer implements AutoCloseable {

    static final String MODEL = "llama3.2:latest";

    private static final Duration PROMPT_TIME = Duration.ofMillis(5);
    private static final int TOKENS = 12;

    private final OllamaSimulator simulator;
    private final DemoScenario scenario;
    private final Supplier<Session> sessions;

    private DemoServer(OllamaSimulator simulator, DemoScenario scenario) {
        this.simulator = requireNonNull(simulator, "simulator");
        this.scenario = scenario;
        this.sessions = SessionFactory.ofDefaults().withoutPolicies(overrides());
    }

    /** Starts a server with the given time between two tokens. */
    static DemoServer start(DemoScenario scenario, Duration tokenInterval) {
        SimulatorSettings settings = SimulatorSettings.builder()
                .models(List.of(SimulatedModel.named(MODEL)))
                .connectionCost(scenario.connectionCost())
                .promptTime(PROMPT_TIME)
                .tokenInterval(tokenInterval)
                .tokensPerAnswer(TOKENS)
                .parallel(scenario.callers())
                .build();
        return new DemoServer(OllamaSimulator.start(settings), scenario);
    }

    /** Measures the calls of the scenario with a new client, hence a new connection, for each call. */
    DemoMeasurement measureUnpooled() {
        return measure(() -> {
            try (Session session = sessions.get()) {
                call(session);
            }
        });
    }

    /** Measures the calls of the scenario with one client for all calls. */
    DemoMeasurement measurePooled() {
        try (Session session = sessions.get()) {
            return measure(() -> call(session));
        }
    }

    /** Returns the settings of a client of this server, by configuration key. */
    Map<String, String> overrides() {
        return Map.of(
                ServerOptions.BASE_URL_KEY, simulator.baseUrl(),
                ServerOptions.TRANSPORT_KEY, scenario.transport(),
                "paddock.dialect", "ollama",
                "paddock.pool.connections-per-host", Integer.toString(scenario.callers()));
    }

    @Override
    public void close() {
        simulator.close();
    }

    private static void call(Session session) {
        session.llm().chat(ChatRequest.of(MODEL, "Say something short."));
    }

    private DemoMeasurement measure(Runnable call) {
        long connectionsBefore = simulator.counters().connectionsAccepted();
        long start = System.nanoTime();
        List<Duration> latencies = callAll(call);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new DemoMeasurement(
                latencies, elapsed, simulator.counters().connectionsAccepted() - connectionsBefore);
    }

    /** Makes the calls on one virtual thread for each caller, and returns their latencies in the order in which they started. */
    private List<Duration> callAll(Runnable call) {
        try (ExecutorService callers =
                Executors.newFixedThreadPool(scenario.callers(), Thread.ofVirtual().factory())) {
            return Stream.generate(() -> CompletableFuture.supplyAsync(() -> time(call), callers))
                    .limit(scenario.calls())
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private static Duration time(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
