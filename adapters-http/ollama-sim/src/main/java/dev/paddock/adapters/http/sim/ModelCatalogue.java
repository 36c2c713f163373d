package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models on the simulator's disk. */
final class ModelCatalogue {
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

    void install(SimulatedModel model, boolean familiesKnown) {
        SimulatedModelName name = SimulatedModelName.parse(model.name());
        models.put(name.key(), new InstalledModel(name, model, Instant.now(), familiesKnown));
    }

    boolean remove(SimulatedModelName name) {
        return models.remove(name.key()) != null;
    }

    Optional<InstalledModel> find(String name) {
        return Optional.ofNullable(models.get(SimulatedModelName.parse(name).key()));
    }

    InstalledModel require(String name) {
        return find(name).orElseThrow(() -> new ApiException(404, ErrorTexts.modelNotFound(name)));
    }

    /** All models, the newest first. */
    List<InstalledModel> list() {
        return models.values().stream().sorted(Comparator.comparing(InstalledModel::modifiedAt).reversed()).toList();
    }
}
