package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.json.TopLevelFields;
import dev.paddock.domain.exchange.ExchangeRequest;
import java.util.Locale;
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
                models.add(canonicalName(model));
            }
        }
        return models;
    }

    /** Returns the name under which a server lists a model: a name without a tag has the tag {@code latest}, and case does not matter. */
    public static String canonicalName(String model) {
        boolean hasTag = model.indexOf(':', model.lastIndexOf('/') + 1) >= 0;
        return (hasTag ? model : model + ":latest").toLowerCase(Locale.ROOT);
    }
}
