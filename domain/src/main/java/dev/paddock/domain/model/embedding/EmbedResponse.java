package dev.paddock.domain.model.embedding;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import java.util.List;

/**
 * The vectors of the texts of a request. Immutable.
 *
 * @param model the model that answered, as the server names it
 * @param embeddings one vector for each text, in the order of the request
 * @param usage the tokens that the texts made
 * @param timings where the time went
 */
public record EmbedResponse(String model, List<Embedding> embeddings, TokenUsage usage, Timings timings) {

    public EmbedResponse {
        requireNonNull(model, "model");
        requireNonNull(usage, "usage");
        requireNonNull(timings, "timings");
        embeddings = List.copyOf(embeddings);
    }
}
