package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model on the simulator's disk.
 *
 * @param familiesKnown whether details list its families; for imported models they are null
 */
public record InstalledModel(SimulatedModelName name, SimulatedModel model, Instant modifiedAt, boolean familiesKnown) {
    static final int SERVED_CONTEXT_LENGTH = 4_096;
    private static final int CONTEXT_LENGTH = 131_072;
    private static final long SMALLEST = 274_302_450L;
    private static final int SIZE_SPREAD = 1_900_000_000;

    public boolean can(ModelCapability capability) {
        return model.can(capability);
    }

    /** Everything that listings and descriptions show of it, as values for templates. */
    public ObjectNode values() {
        boolean embedding = can(ModelCapability.EMBEDDING);
        ObjectNode values = GoJson.object()
            .put("name", name.brief())
            .put("namespace", name.namespace())
            .put("modified_at", GoFormat.time(modifiedAt, ZoneId.systemDefault()))
            .put("created", modifiedAt.getEpochSecond())
            .put("size", SMALLEST + Math.floorMod(name.key().hashCode(), SIZE_SPREAD))
            .put("digest", GoFormat.sha256(name.key()))
            .put("family", model.family())
            .put("parameter_size", embedding ? "137M" : "3.2B")
            .put("quantization_level", embedding ? "F16" : "Q4_K_M")
            .put("context_length", CONTEXT_LENGTH)
            .put("embedding_length", model.embeddingLength());
        if (familiesKnown) {
            values.putArray("families").add(model.family());
        } else {
            values.putNull("families");
        }
        var capabilities = values.putArray("capabilities");
        Arrays.stream(ModelCapability.values()).filter(this::can).forEach(each -> capabilities.add(each.label()));
        return values;
    }

    /** The models on the simulator's disk. */
    public static final class Catalogue {
        private final List<SimulatedModel> original;
        private final Map<String, InstalledModel> models = new ConcurrentHashMap<>();

        Catalogue(List<SimulatedModel> original) {
            this.original = original;
            reset();
        }

        void reset() {
            models.clear();
            original.forEach(model -> install(model, true));
        }

        public void install(SimulatedModel model, boolean familiesKnown) {
            SimulatedModelName name = SimulatedModelName.parse(model.name());
            models.put(name.key(), new InstalledModel(name, model, Instant.now(), familiesKnown));
        }

        public boolean remove(String name) {
            return models.remove(SimulatedModelName.parse(name).key()) != null;
        }

        public Optional<InstalledModel> find(String name) {
            return Optional.ofNullable(models.get(SimulatedModelName.parse(name).key()));
        }

        /** The model of this name, or one that is not on the disk: for a scripted answer. */
        public InstalledModel findOrInvent(String name) {
            return find(name).orElseGet(() -> new InstalledModel(
                SimulatedModelName.parse(name), SimulatedModel.named(name), Instant.now(), true));
        }

        public InstalledModel require(String name) {
            return find(name).orElseThrow(() -> OllamaError.MODEL_NOT_FOUND.with(name));
        }

        /** All models, the newest first. */
        public List<InstalledModel> list() {
            return models.values().stream().sorted(Comparator.comparing(InstalledModel::modifiedAt).reversed())
                .toList();
        }
    }
}
