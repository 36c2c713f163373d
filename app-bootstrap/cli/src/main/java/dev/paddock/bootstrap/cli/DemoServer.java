package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.generation.ChatRequest;
import java.time.Duration;
import java.util.List;

/** The simulated server of the demonstration, and the two ways of calling it. */
final class DemoServer implements AutoCloseable {

    static final String MODEL = "llama3.2:latest";

    private static final Duration PROMPT_TIME = Duration.ofMillis(5);
    private static final int TOKENS = 12;

    private final OllamaSimulator simulator;
    private final DemoScenario scenario;

    private DemoServer(OllamaSimulator simulator, DemoScenario scenario) {
        this.simulator = requireNonNull(simulator, "simulator");
        this.scenario = scenario;
    }

    /** Starts a server whose answers come at once, after a fixed time for thinking. */
    static DemoServer start(DemoScenario scenario) {
        return start(scenario, Duration.ZERO);
    }

    /** Starts a server whose answers come token by token. */
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

    /** Measures the calls of a scenario with a new client, hence a new connection, for each call. */
    DemoMeasurement measureUnpooled() {
        return measure(() -> {
            try (Session session = open()) {
                call(session);
            }
        });
    }

    /** Measures the calls of a scenario with one client for all calls. */
    DemoMeasurement measurePooled() {
        try (Session session = open()) {
            return measure(() -> call(session));
        }
    }

    String baseUrl() {
        return simulator.baseUrl();
    }

    @Override
    public void close() {
        simulator.close();
    }

    private Session open() {
        return new PlainSession(scenario.transport(), BaseUrl.parse(simulator.baseUrl()), scenario.callers());
    }

    private DemoMeasurement measure(Runnable call) {
        long connectionsBefore = simulator.counters().connectionsAccepted();
        long start = System.nanoTime();
        List<Duration> latencies = new DemoLoad(scenario, call).run();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new DemoMeasurement(
                latencies, elapsed, simulator.counters().connectionsAccepted() - connectionsBefore);
    }

    private static void call(Session session) {
        session.llm().chat(ChatRequest.of(MODEL, "Say something short."));
    }
}
