package dev.paddock.bootstrap.cli.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.run.BenchTarget;
import dev.paddock.bootstrap.bench.run.BenchTarget.BenchClient;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server of a benchmark: a simulated one, which is closed with this object, or an existing one. */
final class BenchServer implements BenchTarget, AutoCloseable {

    private static final Duration PROMPT_TIME = Duration.ofMillis(5);
    private static final Duration TOKEN_INTERVAL = Duration.ofMillis(1);

    private final @Nullable OllamaSimulator simulator;
    private final SessionFactory sessions;
    private final Map<String, String> overrides;
    private final Supplier<Session> withoutPolicies;

    private BenchServer(
            @Nullable OllamaSimulator simulator, SessionFactory sessions, Map<String, String> overrides) {
        this.simulator = simulator;
        this.sessions = requireNonNull(sessions, "sessions");
        this.overrides = Map.copyOf(overrides);
        this.withoutPolicies = sessions.withoutPolicies(settings(Mode.UNPOOLED));
    }

    /** Returns an existing server. */
    static BenchServer existing(SessionFactory sessions, Map<String, String> overrides) {
        return new BenchServer(null, sessions, overrides);
    }

    /** Starts a simulated server. */
    static BenchServer simulated(BenchOptions options, Workload workload, int callers) {
        OllamaSimulator simulator = OllamaSimulator.start(SimulatorSettings.builder()
                .models(workload.models().stream().map(model -> SimulatedModel.named(model.value())).toList())
                .maxLoadedModels(workload.models().size())
                .promptTime(PROMPT_TIME)
                .tokenInterval(workload.kind() == WorkloadKind.STREAM ? TOKEN_INTERVAL : Duration.ZERO)
                .tokensPerAnswer(workload.outputTokens().most())
                .parallel(callers)
                .build());
        try {
            return new BenchServer(simulator, SessionFactory.ofDefaults(), options.overrides(simulator.baseUrl()));
        } catch (RuntimeException wrongOption) {
            simulator.close();
            throw wrongOption;
        }
    }

    @Override
    public BenchClient open(Mode mode) {
        return mode == Mode.UNPOOLED ? withoutPolicies.get() : sessions.open(settings(mode));
    }

    private Map<String, String> settings(Mode mode) {
        Map<String, String> settings = new LinkedHashMap<>(ModeSettings.of(mode));
        settings.putAll(overrides);
        return settings;
    }

    @Override
    public @Nullable Long connectionsAccepted() {
        return simulator == null ? null : Long.valueOf(simulator.counters().connectionsAccepted());
    }

    @Override
    public @Nullable Long requestsReceived() {
        return simulator == null ? null : Long.valueOf(simulator.counters().requests());
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }
}
