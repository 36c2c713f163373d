package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.Digests;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.util.List;

/** The progress of a pull or a push, with the oddities of the real one. */
final class ModelTransfer {
    private static final List<Long> LAYERS = List.of(2_019_377_376L, 1_429L, 561L);
    private static final int STEPS = 4;
    private static final int SHORT_DIGEST = 12;

    private final SimulatedExchange exchange;
    private final AnswerSink sink;
    private final SimulatorSettings.Delays pace;
    private final boolean old;

    ModelTransfer(SimulatedExchange exchange, AnswerSink sink, SimulatorSettings settings) {
        this.exchange = exchange;
        this.sink = sink;
        this.pace = settings.delays();
        this.old = settings.contents().style() == OllamaRelease.OLD;
    }

    void status(String text) {
        exchange.pause(pace.tokenInterval());
        sink.chunk(GoJson.object().put("status", text));
    }

    void pull(String model) {
        layers("pulling ", model);
        status("verifying sha256 digest");
        status("writing manifest");
        status(old ? "removing any unused layers" : "removing unused layers");
        status("success");
    }

    void push(String model) {
        layers("pushing ", model);
        status("pushing manifest");
        status("success");
    }

    /**
     * Layers come one after another. A line of nothing done has no {@code completed}, lines repeat, the last line of
     * the first layer is short of its total, and the small layers are there already.
     */
    private void layers(String verb, String model) {
        for (int index = 0; index < LAYERS.size(); index++) {
            String digest = Digests.hex(model + index);
            long total = LAYERS.get(index);
            if (index > 0) {
                progress(verb, digest, total, total);
                continue;
            }
            progress(verb, digest, total, 0);
            for (int step = 0; step < STEPS; step++) {
                progress(verb, digest, total, total * step / STEPS);
                progress(verb, digest, total, total * step / STEPS);
            }
        }
    }

    private void progress(String verb, String digest, long total, long completed) {
        exchange.pause(pace.tokenInterval());
        ObjectNode line = GoJson.object().put("status", verb + digest.substring(0, SHORT_DIGEST))
            .put("digest", "sha256:" + digest).put("total", total);
        if (completed > 0) {
            line.put("completed", completed);
        }
        sink.chunk(line);
    }
}
