package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete completion.
 *
 * @param model the model that answered, as the server names it
 * @param createdAt when the server made the answer, or null when it did not say
 * @param output what the model wrote
 * @param logprobs how likely its tokens were; empty when not asked for
 * @param completion how the answer ended
 */
public record GenerateResponse(
        String model,
        @Nullable Instant createdAt,
        GenerateOutput output,
        List<TokenLogprob> logprobs,
        Completion completion) {

    public GenerateResponse {
        requireNonNull(model, "model");
        requireNonNull(output, "output");
        requireNonNull(completion, "completion");
        logprobs = List.copyOf(logprobs);
    }

    /** Returns the text, may be empty. */
    public String text() {
        return output.text();
    }
}
