package dev.paddock.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a call as the server counted them; null where it did not say.
 *
 * @param prompt tokens of the prompt
 * @param completion tokens of the answer
 */
public record TokenUsage(@Nullable Integer prompt, @Nullable Integer completion) {

    /** The server said nothing. */
    public static final TokenUsage UNKNOWN = new TokenUsage(null, null);
}
