package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token of an answer and how likely the model found it.
 *
 * @param token the token as text
 * @param logprob the natural logarithm of its probability, finite, or null when the server gives none
 * @param bytes the token's UTF-8 bytes, 0 to 255 each; empty when the server does not give them
 * @param alternatives the likeliest tokens at this place; empty when not asked for
 */
public record TokenLogprob(String token, @Nullable Double logprob, List<Integer> bytes, List<TokenLogprob> alternatives) {

    public TokenLogprob {
        requireNonNull(token, "token");
        bytes = List.copyOf(bytes);
        alternatives = List.copyOf(alternatives);
    }
}
