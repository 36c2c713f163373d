package dev.paddock.bootstrap.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.PassagePrompt;
import dev.paddock.domain.model.ModelName;
import org.jspecify.annotations.Nullable;

/**
 * How questions about documents are answered. Immutable.
 *
 * @param model the model of questions that name none, or null to refuse them
 * @param prompt words the request to the model
 */
public record QuerySettings(@Nullable ModelName model, PassagePrompt prompt) {

    public QuerySettings {
        requireNonNull(prompt, "prompt");
    }
}
