package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;

/**
 * What is asked, the same in every request.
 *
 * @param workload what is asked for
 * @param model the model that is asked
 * @param tokens how many tokens an answer has at most, at least 1
 */
public record Question(Workload workload, ModelName model, int tokens) {

    public Question {
        requireNonNull(workload, "workload");
        requireNonNull(model, "model");
        if (tokens < 1) {
            throw new IllegalArgumentException("an answer needs a token");
        }
    }
}
