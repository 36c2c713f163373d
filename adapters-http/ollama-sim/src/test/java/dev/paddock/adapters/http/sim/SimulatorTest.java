package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.recording.SimulatorCounters;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the tests of the simulator share: a simulator, raw clients, and an end to both. */
abstract class SimulatorTest {
    static final Duration LIMIT = Duration.ofSeconds(10);
    static final String CHAT = "{'model':'llama3.2','messages':[{'role':'user','content':'hi'}]}";
    static final String CHAT_WHOLE = "{'model':'llama3.2','stream':false,'messages':[{'role':'user','content':'hi'}]}";

    private final List<AutoCloseable> resources = new ArrayList<>();
    private OllamaSimulator simulator;

    SimulatorSettings.Builder settings() {
        return SimulatorSettings.builder();
    }

    OllamaSimulator simulator() {
        if (simulator == null) {
            start(settings());
        }
        return simulator;
    }

    OllamaSimulator start(SimulatorSettings.Builder builder) {
        simulator = OllamaSimulator.start(builder.build());
        resources.add(simulator);
        return simulator;
    }

    RawClient client() throws IOException {
        RawClient client = new RawClient(simulator().port());
        resources.add(client);
        return client;
    }

    static JsonNode json(String text) {
        try {
            return GoJson.MAPPER.readTree(text);
        } catch (IOException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }

    static List<JsonNode> lines(RawClient.Response response) {
        return response.lines().stream().map(SimulatorTest::json).toList();
    }

    void await(java.util.function.Predicate<SimulatorCounters> condition) throws InterruptedException {
        if (!simulator().awaitCounters(condition, LIMIT)) {
            throw new AssertionError("never happened; counters are " + simulator().counters());
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }
}
