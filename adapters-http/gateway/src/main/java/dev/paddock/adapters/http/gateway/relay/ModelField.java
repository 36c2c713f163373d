package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.wire.json.TopLevelStringField;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the name of the model in a request. */
final class ModelField {

    private static final int MAX_LENGTH = 200;
    private static final Pattern PLAUSIBLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:/@-]*");

    private ModelField() {}

    /** Returns the name, or null when the body has none or an implausible one. Circuits and logs contain the name. */
    static @Nullable String of(byte[] body) {
        String model = TopLevelStringField.find(body, "model");
        return model != null && isPlausible(model) ? model : null;
    }

    private static boolean isPlausible(String model) {
        return model.length() <= MAX_LENGTH && !model.contains("..") && PLAUSIBLE.matcher(model).matches();
    }
}
