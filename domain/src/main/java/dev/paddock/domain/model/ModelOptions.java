package dev.paddock.domain.model;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options map of a request: sampling and runner parameters by the names that the server knows. A name that is not there
 * keeps the server's default. Immutable.
 *
 * <p>Beware of {@code num_ctx} and the other load-time options: two callers that differ in them make Ollama reload the model
 * for each other.
 *
 * @param values plain Java values by name; unknown names are passed on
 */
public record ModelOptions(Map<String, @Nullable Object> values) {

    /** No options. */
    public static final ModelOptions NONE = new ModelOptions(Map.of());

    public ModelOptions {
        values = PlainValues.copyOf(values);
    }

    /** Returns these options with one set by its name on the wire, for example {@code repeat_penalty}. */
    public ModelOptions with(String name, Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new ModelOptions(more);
    }

    /** Returns these options without the one of that name. */
    public ModelOptions without(String name) {
        Map<String, @Nullable Object> fewer = new LinkedHashMap<>(values);
        fewer.remove(name);
        return new ModelOptions(fewer);
    }

    /** Returns these options with the given temperature; 0 makes answers as repeatable as the model can. */
    public ModelOptions withTemperature(double temperature) {
        return with("temperature", temperature);
    }

    /** Returns these options with the given seed. */
    public ModelOptions withSeed(int seed) {
        return with("seed", seed);
    }

    /** Returns these options with at most this many tokens in the answer. */
    public ModelOptions withMaximumTokens(int tokens) {
        return with("num_predict", tokens);
    }

    /** Returns these options with the given size of the context window in tokens. */
    public ModelOptions withContextLength(int tokens) {
        return with("num_ctx", tokens);
    }

    /** Returns these options with texts that end the answer. */
    public ModelOptions withStop(String... texts) {
        return with("stop", List.of(texts));
    }
}
