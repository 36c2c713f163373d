package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.json.TopLevelFields;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.model.ModelName;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the models that a request may change. */
public final class ModelChanges {

    private static final Set<String> NAMES = Set.of("model", "name", "destination");

    private ModelChanges() {}

    /** Returns the names of the models that a request may change; empty when that may be any model. */
    public static Set<String> modelsIn(ExchangeRequest request) {
        Set<String> models = new TreeSet<>();
        for (Map.Entry<String, Object> field : TopLevelFields.find(request.body(), NAMES).entrySet()) {
            if (field.getValue() instanceof String model) {
                models.add(ModelName.canonical(model));
            }
        }
        return models;
    }
}
