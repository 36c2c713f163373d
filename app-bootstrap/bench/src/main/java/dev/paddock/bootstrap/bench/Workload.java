package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;

/**
 * What is asked, the same in every request.
 *
 * @param kind what is asked for
 * @param model the model that is asked
 * @param tokens how many tokens an answer has at most, at least 1
 */
public record Workload(WorkloadKind kind, ModelName model, int tokens) {

    public Workload {
        requireNonNull(kind, "kind");
        requireNonNull(model, "model");
        if (tokens < 1) {
            throw new IllegalArgumentException("an answer needs a token");
        }
    }
}
