package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete turn of the model.
 *
 * @param model the model that answered, as the server names it
 * @param createdAt when the server made the answer, or null when it did not say
 * @param message the turn
 * @param logprobs how likely its tokens were; empty when not asked for
 * @param completion how the answer ended
 */
public record ChatResponse(
        String model,
        @Nullable Instant createdAt,
        Message message,
        List<TokenLogprob> logprobs,
        Completion completion) {

    public ChatResponse {
        requireNonNull(model, "model");
        requireNonNull(message, "message");
        requireNonNull(completion, "completion");
        logprobs = List.copyOf(logprobs);
    }

    /** Returns the text of the turn, may be empty. */
    public String text() {
        return message.content();
    }
}
