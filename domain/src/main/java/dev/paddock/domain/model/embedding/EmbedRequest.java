package dev.paddock.domain.model.embedding;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import java.util.List;

/**
 * A request to embed texts. Immutable.
 *
 * @param model the embedding model
 * @param input the texts; the answer has one vector for each, in the same order
 * @param settings everything else
 */
public record EmbedRequest(ModelName model, List<String> input, EmbedSettings settings) {

    public EmbedRequest {
        requireNonNull(model, "model");
        requireNonNull(settings, "settings");
        input = List.copyOf(input);
    }

    /** Returns a request for one or more texts. */
    public static EmbedRequest of(String model, String... input) {
        return new EmbedRequest(new ModelName(model), List.of(input), EmbedSettings.DEFAULT);
    }

    /** Returns this request with the given settings. */
    public EmbedRequest withSettings(EmbedSettings newSettings) {
        return new EmbedRequest(model, input, newSettings);
    }

    /** Returns the model and the number of texts: the texts are not shown. */
    @Override
    public String toString() {
        return "embed " + input.size() + " texts with " + model;
    }
}
