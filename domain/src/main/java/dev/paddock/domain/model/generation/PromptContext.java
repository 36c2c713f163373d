package dev.paddock.domain.model.generation;

import java.util.Arrays;

/**
 * The state of an earlier completion as token numbers, to go on from it. Ollama calls this deprecated; chat does the same with
 * messages. Immutable.
 */
public final class PromptContext {

    private final int[] tokens;

    private PromptContext(int[] tokens) {
        this.tokens = tokens;
    }

    /** Returns the context of the given tokens, copied. */
    public static PromptContext of(int... tokens) {
        return new PromptContext(tokens.clone());
    }

    /** Returns the tokens, copied. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns the number of tokens. */
    public int size() {
        return tokens.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptContext that && Arrays.equals(tokens, that.tokens);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(tokens);
    }

    @Override
    public String toString() {
        return "context of " + tokens.length + " tokens";
    }
}
