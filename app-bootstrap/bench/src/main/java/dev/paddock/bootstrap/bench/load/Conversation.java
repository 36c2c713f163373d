package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one user of a load says.
 *
 * @param system the system prompt, or null for none
 * @param turns the prompts of the user, at least one
 */
public record Conversation(@Nullable String system, List<Turn> turns) {

    public Conversation {
        turns = List.copyOf(turns);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("a conversation has at least one turn");
        }
    }

    /** Returns the first turns of this conversation, at most the given number. */
    Conversation first(int number) {
        return new Conversation(system, turns.subList(0, Math.min(number, turns.size())));
    }

    /**
     * One prompt.
     *
     * @param prompt the text
     * @param outputTokens the maximum number of tokens in the answer, or null for that of the load
     */
    public record Turn(String prompt, @Nullable Integer outputTokens) {

        public Turn {
            requireNonNull(prompt, "prompt");
        }

        /** Returns the size only: what people say is not shown. */
        @Override
        public String toString() {
            return "prompt of " + prompt.length() + " characters";
        }
    }
}
