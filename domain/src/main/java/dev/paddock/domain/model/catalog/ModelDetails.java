package dev.paddock.domain.model.catalog;

import dev.paddock.domain.model.PlainValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the server reports about one model; a text that it does not give is empty.
 *
 * @param texts licence, model file and templates
 * @param traits what kind of model it is
 * @param information the free-form facts of the model file, by name
 * @param capabilities what it can do; empty when the server is too old to say
 * @param modifiedAt when it was last changed, or null when the server did not say
 */
public record ModelDetails(
        Texts texts,
        ModelTraits traits,
        Map<String, @Nullable Object> information,
        List<String> capabilities,
        @Nullable Instant modifiedAt) {

    public ModelDetails {
        information = PlainValues.copyOf(information);
        capabilities = List.copyOf(capabilities);
    }

    /**
     * The texts that belong to a model.
     *
     * @param license its licence
     * @param modelfile the recipe it was made by
     * @param parameters its default options, one a line
     * @param template its prompt template
     * @param system its system prompt
     */
    public record Texts(String license, String modelfile, String parameters, String template, String system) {}
}
