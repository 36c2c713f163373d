package dev.paddock.test;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model server on a free port of 127.0.0.1, whose answers a test chooses. It has the APIs of Ollama, OpenAI and Anthropic.
 *
 * <p>Without stubs it invents its answers, and knows only the installed models. Stubs answer for any model. Thread-safe.
 */
public final class StubbedServer extends StubbedModels implements AutoCloseable {

    private static final int NO_LIMIT = 10_000; // a held answer must not keep others waiting

    private static final ScriptedAnswer INVENTED = new ScriptedAnswer(null, List.of()); // of any model

    private final OllamaSimulator simulator;

    private StubbedServer(SimulatorSettings settings) {
        this.simulator = OllamaSimulator.start(settings);
        simulator.script(this::scriptFor);
    }

    /**
     * Starts a server.
     *
     * @param models the names of models to install besides the usual ones
     */
    public static StubbedServer start(String... models) {
        List<SimulatedModel> installed = new ArrayList<>(SimulatedModel.defaults());
        List.of(models).forEach(name -> installed.add(SimulatedModel.named(name)));
        return start(SimulatorSettings.builder().models(installed).parallel(NO_LIMIT).maxLoadedModels(NO_LIMIT).build());
    }

    /** Starts a server with all settings of the simulator. */
    public static StubbedServer start(SimulatorSettings settings) {
        return new StubbedServer(settings);
    }

    private @Nullable ScriptedAnswer scriptFor(ReceivedCall call) {
        StubAnswer answer;
        try {
            answer = answerTo(call);
        } catch (RuntimeException | AssertionError defect) { // of a condition that a test has written
            answer = StubAnswer.error(500, "a stub of the test failed: " + defect);
        }
        if (answer != null) {
            return answer.script(call);
        }
        return isStrict() ? INVENTED : null;
    }

    /** Returns the base URL for clients of Ollama, without a slash at the end. */
    public String baseUrl() {
        return simulator.baseUrl();
    }

    /** Returns the base URL for clients of OpenAI: that of Ollama with {@code /v1}. */
    public String openAiBaseUrl() {
        return baseUrl() + "/v1";
    }

    /** Returns the simulator below, with its counters, the requests as they came, and further faults. */
    public OllamaSimulator simulator() {
        return simulator;
    }

    /**
     * Starts a client of this server with Paddock's defaults; nothing of the environment changes them. The caller closes it.
     *
     * @param settings further settings, each as {@code key=value}, for example {@code paddock.retry.max-retries=0}
     * @throws IllegalArgumentException if one is not of this form
     * @throws dev.paddock.bootstrap.config.ConfigurationException if one is wrong
     */
    public Paddock connect(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("paddock.base-url", baseUrl()));
        for (String setting : settings) {
            int separator = setting.indexOf('=');
            if (separator < 1) {
                throw new IllegalArgumentException("a setting is key=value, not '" + setting + "'");
            }
            values.put(setting.substring(0, separator).strip(), setting.substring(separator + 1).strip());
        }
        return Paddock.start(ConfigurationLoader.ofDefaults().withOverrides("test", values));
    }

    @Override
    public long abandonedCalls() {
        return simulator.counters().disconnects();
    }

    @Override
    public void awaitAbandonedCall(Duration limit) throws InterruptedException {
        if (!simulator.awaitDisconnect(limit)) {
            throw new AssertionError("expected that a caller leaves within " + limit.toMillis() + " ms, but " + CallReport.of(calls()));
        }
    }

    /** Forgets stubs, calls, counters and faults, and opens the latches of the stubs. Connections stay open. */
    @Override
    public void reset() {
        super.reset();
        simulator.reset();
    }

    @Override
    void forgetCalls() {
        super.forgetCalls();
        simulator.reset();
    }

    /** Stops the server: closes open connections and cuts answers in progress. Idempotent. */
    @Override
    public void close() {
        simulator.close();
    }
}
