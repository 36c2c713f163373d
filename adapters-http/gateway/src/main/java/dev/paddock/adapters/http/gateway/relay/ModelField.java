package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.wire.json.TopLevelStringField;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the model that a request is for. */
final class ModelField {

    private static final int LONGEST = 200;
    private static final Pattern PLAUSIBLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:/@-]*");

    private ModelField() {}

    /** Returns the name, or null when the body has none or one that is not plausible: it has a circuit and stands in logs. */
    static @Nullable String of(byte[] body) {
        String model = TopLevelStringField.find(body, "model");
        return model != null && isPlausible(model) ? model : null;
    }

    private static boolean isPlausible(String model) {
        return model.length() <= LONGEST && !model.contains("..") && PLAUSIBLE.matcher(model).matches();
    }
}
