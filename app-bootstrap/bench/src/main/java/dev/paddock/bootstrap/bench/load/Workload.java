package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import java.util.Locale;

/**
 * What every request asks for.
 *
 * @param kind the kind of request
 * @param model the model
 * @param tokens the maximum number of tokens in an answer, at least 1
 */
public record Workload(WorkloadKind kind, ModelName model, int tokens) {

    public Workload {
        requireNonNull(kind, "kind");
        requireNonNull(model, "model");
        if (tokens < 1) {
            throw new IllegalArgumentException("tokens must be at least 1");
        }
    }

    /** The kind of request that a benchmark sends. */
    public enum WorkloadKind {
        /** A completion of a prompt, as one document. */
        GENERATE,
        /** A chat turn, as one document. */
        CHAT,
        /** A chat turn as a stream of chunks. */
        STREAM,
        /** Embeddings of four short texts. */
        EMBED;

        /** Returns the name of the option's value, for example {@code chat}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
