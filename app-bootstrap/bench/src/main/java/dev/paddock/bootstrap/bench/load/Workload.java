package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.Prompts.GeneratedPrompts;
import dev.paddock.domain.model.ModelName;
import java.util.List;
import java.util.Locale;

/**
 * What the requests ask for.
 *
 * @param kind the kind of request
 * @param models the models, at least one; conversations take them in turn
 * @param prompts the prompts
 * @param repeated the fraction of conversations that repeat an earlier one, 0 to 1
 * @param turns the most turns of a conversation, at least 1; more than 1 only for chats
 * @param outputTokens the maximum number of tokens in an answer
 */
public record Workload(
        WorkloadKind kind, List<ModelName> models, Prompts prompts, double repeated, int turns, TokenRange outputTokens) {

    public Workload {
        requireNonNull(kind, "kind");
        models = List.copyOf(models);
        requireNonNull(prompts, "prompts");
        requireNonNull(outputTokens, "outputTokens");
        if (models.isEmpty() || !(repeated >= 0 && repeated <= 1)) {
            throw new IllegalArgumentException("there is no model, or the fraction of repeated conversations is out of range");
        }
        if (turns < 1 || (turns > 1 && !kind.hasConversations())) {
            throw new IllegalArgumentException("the number of turns is out of range");
        }
    }

    /** Returns a workload of short prompts, which are all different. */
    public static Workload of(WorkloadKind kind, ModelName model, int outputTokens) {
        return new Workload(kind, List.of(model), new GeneratedPrompts(null), 0, 1, TokenRange.of(outputTokens));
    }

    /** The kind of request that a benchmark sends. */
    public enum WorkloadKind {
        /** A completion of a prompt, as one document. */
        GENERATE,
        /** A chat turn, as one document. */
        CHAT,
        /** A chat turn as a stream of chunks. */
        STREAM,
        /** The vector of a text. */
        EMBED;

        /** Returns the name of the option's value, for example {@code chat}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns whether requests of this kind can follow each other in a conversation. */
        public boolean hasConversations() {
            return this == CHAT || this == STREAM;
        }
    }
}
