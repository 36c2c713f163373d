package dev.paddock.adapters.http.sim.model;

import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models on the simulator's disk. */
public final class ModelCatalogue {
    private final List<SimulatedModel> original;
    private final Map<String, InstalledModel> models = new ConcurrentHashMap<>();

    ModelCatalogue(List<SimulatedModel> original) {
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

    public InstalledModel require(String name) {
        return find(name).orElseThrow(() -> OllamaError.MODEL_NOT_FOUND.with(name));
    }

    /** All models, the newest first. */
    public List<InstalledModel> list() {
        return models.values().stream().sorted(Comparator.comparing(InstalledModel::modifiedAt).reversed()).toList();
    }
}
