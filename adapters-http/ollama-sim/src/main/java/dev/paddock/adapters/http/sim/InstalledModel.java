package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.Digests;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.time.Instant;
import java.util.Arrays;

/**
 * A model on the simulator's disk.
 *
 * @param familiesKnown whether details list its families or say null, as for imported models
 */
record InstalledModel(SimulatedModelName name, SimulatedModel model, Instant modifiedAt, boolean familiesKnown) {
    static final int CONTEXT_LENGTH = 131_072;
    static final int SERVED_CONTEXT_LENGTH = 4_096;
    private static final long SMALLEST = 274_302_450L;
    private static final int SIZE_SPREAD = 1_900_000_000;

    boolean can(ModelCapability capability) {
        return model.can(capability);
    }

    String digest() {
        return Digests.hex(name.key());
    }

    long size() {
        return SMALLEST + Math.floorMod(name.key().hashCode(), SIZE_SPREAD);
    }

    ObjectNode details() {
        ObjectNode details = GoJson.object().put("parent_model", "").put("format", "gguf").put("family", model.family());
        if (familiesKnown) {
            details.putArray("families").add(model.family());
        } else {
            details.putNull("families");
        }
        return details.put("parameter_size", can(ModelCapability.EMBEDDING) ? "137M" : "3.2B")
            .put("quantization_level", can(ModelCapability.EMBEDDING) ? "F16" : "Q4_K_M");
    }

    ArrayNode capabilityLabels() {
        ArrayNode labels = GoJson.array();
        Arrays.stream(ModelCapability.values()).filter(this::can).forEach(each -> labels.add(each.label()));
        return labels;
    }
}
