package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a streamed turn. The last piece may carry text too.
 *
 * @param model the model that answers, as the server names it
 * @param createdAt when the server made this piece, or null when it did not say
 * @param message what this piece adds to the turn
 * @param logprobs how likely the tokens of this piece were; empty when not asked for
 * @param completion how the answer ended, on the last piece; null on all others
 */
public record ChatChunk(
        String model,
        @Nullable Instant createdAt,
        Message message,
        List<TokenLogprob> logprobs,
        @Nullable Completion completion) {

    public ChatChunk {
        requireNonNull(model, "model");
        requireNonNull(message, "message");
        logprobs = List.copyOf(logprobs);
    }

    /** Returns the text that this piece adds, may be empty. */
    public String text() {
        return message.content();
    }
}
