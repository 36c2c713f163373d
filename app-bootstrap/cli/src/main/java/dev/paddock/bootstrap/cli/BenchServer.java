package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.bench.BenchClient;
import dev.paddock.bootstrap.bench.BenchTarget;
import dev.paddock.bootstrap.bench.Workload;
import dev.paddock.bootstrap.bench.WorkloadKind;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.llm.LlmPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server that a benchmark measures: a simulated one, which ends with it, or one that was there before. */
final class BenchServer implements BenchTarget, AutoCloseable {

    private static final Duration PROMPT_TIME = Duration.ofMillis(5);
    private static final Duration TOKEN_INTERVAL = Duration.ofMillis(1);

    private final @Nullable OllamaSimulator simulator;
    private final Sessions sessions;
    private final Map<String, String> overrides;
    private final Supplier<Session> plain;

    private BenchServer(
            @Nullable OllamaSimulator simulator, Sessions sessions, Map<String, String> overrides) {
        this.simulator = simulator;
        this.sessions = requireNonNull(sessions, "sessions");
        this.overrides = Map.copyOf(overrides);
        this.plain = sessions.plain(overrides);
    }

    /** Returns a server that was there before. */
    static BenchServer existing(Sessions sessions, Map<String, String> overrides) {
        return new BenchServer(null, sessions, overrides);
    }

    /** Starts a simulated server. */
    static BenchServer simulated(BenchTargetOptions options, Workload question, int callers) {
        OllamaSimulator simulator = OllamaSimulator.start(SimulatorSettings.builder()
                .models(List.of(SimulatedModel.named(question.model().value())))
                .promptTime(PROMPT_TIME)
                .tokenInterval(question.kind() == WorkloadKind.STREAM ? TOKEN_INTERVAL : Duration.ZERO)
                .tokensPerAnswer(question.tokens())
                .parallel(callers)
                .build());
        try {
            return new BenchServer(
                    simulator, PaddockSessions.ofDefaults(), options.overrides(simulator.baseUrl(), callers));
        } catch (RuntimeException wrongOption) {
            simulator.close();
            throw wrongOption;
        }
    }

    @Override
    public BenchClient openPooled() {
        return new Client(sessions.open(overrides));
    }

    @Override
    public BenchClient openUnpooled() {
        return new Client(plain.get());
    }

    @Override
    public @Nullable Long connectionsAccepted() {
        return simulator == null ? null : Long.valueOf(simulator.counters().connectionsAccepted());
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private record Client(Session session) implements BenchClient {

        @Override
        public LlmPort llm() {
            return session.llm();
        }

        @Override
        public List<EndpointPool> pools() {
            return session.pool().pools();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
