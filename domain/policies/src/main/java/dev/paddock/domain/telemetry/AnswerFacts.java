package dev.paddock.domain.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says about itself.
 *
 * @param id the identifier that the server gave it, or null
 * @param model the model that the server names, or null
 * @param tokens what the server counted
 * @param finishReasons why the model stopped, in its API's words, one for each choice; empty when unknown
 */
public record AnswerFacts(@Nullable String id, @Nullable String model, Tokens tokens, List<String> finishReasons) {

    /** Nothing is known. */
    public static final AnswerFacts NONE = new AnswerFacts(null, null, Tokens.UNKNOWN, List.of());

    public AnswerFacts {
        requireNonNull(tokens, "tokens");
        finishReasons = List.copyOf(finishReasons);
    }

    /**
     * Tokens as the server counted them; null where it did not say.
     *
     * @param input those of the prompt, the cached ones included
     * @param output those of the answer, those of its reasoning included
     * @param cached those of the prompt that the server had in its own cache
     * @param cacheWritten those of the prompt that the server has put into its cache
     * @param reasoning those of the answer that were spent on reasoning
     */
    public record Tokens(
            @Nullable Long input,
            @Nullable Long output,
            @Nullable Long cached,
            @Nullable Long cacheWritten,
            @Nullable Long reasoning) {

        /** The server said nothing. */
        public static final Tokens UNKNOWN = new Tokens(null, null, null, null, null);
    }
}
