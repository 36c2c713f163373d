package dev.paddock.adapters.http.wire.request;

import dev.paddock.adapters.http.wire.json.TopLevelFields;
import dev.paddock.domain.exchange.RequestBody;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body that decide how the request is treated: the model, and whether it asks for a stream. Immutable. */
public final class ModelRequestFields {

    /** The fields of a request that has none of them. */
    public static final ModelRequestFields NONE = new ModelRequestFields(Map.of());

    private static final String MODEL = "model";
    private static final String STREAM = "stream";
    private static final Set<String> NAMES = Set.of(MODEL, STREAM);
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:/@-]{0,199}");

    private final Map<String, Object> fields;

    private ModelRequestFields(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** Reads the fields; it never throws. */
    public static ModelRequestFields of(RequestBody body) {
        return new ModelRequestFields(TopLevelFields.find(body, NAMES));
    }

    /** Returns the name of the model, or null when there is none or an implausible one. Circuits and logs contain it. */
    public @Nullable String model() {
        return fields.get(MODEL) instanceof String model && !model.contains("..") && MODEL_NAME.matcher(model).matches() ? model : null;
    }

    /**
     * Returns whether the request asks for a stream.
     *
     * @param byDefault whether the API streams unless a request says otherwise, as Ollama's own does
     */
    public boolean asksForStream(boolean byDefault) {
        return fields.getOrDefault(STREAM, byDefault).equals(true);
    }

    /**
     * Returns whether the request asks a model for a whole answer. In doubt it does not: servers read some texts and numbers as a truth
     * value, and a body without a model may be one that cannot be read here.
     *
     * @param byDefault whether the API streams unless a request says otherwise
     */
    public boolean asksForDocument(boolean byDefault) {
        boolean isUsual = !byDefault && !fields.containsKey(STREAM) && fields.containsKey(MODEL);
        return isUsual || Boolean.FALSE.equals(fields.get(STREAM));
    }
}
