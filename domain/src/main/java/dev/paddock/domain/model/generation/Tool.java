package dev.paddock.domain.model.generation;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.PlainValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function that the model may ask the caller to run.
 *
 * @param name the name of the function
 * @param description what it does, for the model to read; may be empty
 * @param parameters a JSON schema of its arguments as plain Java values
 */
public record Tool(String name, String description, Map<String, @Nullable Object> parameters) {

    public Tool {
        if (name.isBlank()) {
            throw new InvalidRequestException("a tool has no name", ErrorFacts.NONE);
        }
        parameters = PlainValues.copyOf(parameters);
    }
}
