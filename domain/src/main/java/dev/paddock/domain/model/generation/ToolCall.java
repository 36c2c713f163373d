package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.PlainValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of the model to run a tool.
 *
 * @param id the server's name for this call, or null where the server gives none (Ollama before 0.12.10)
 * @param name the name of the tool
 * @param arguments the arguments as plain Java values
 */
public record ToolCall(@Nullable String id, String name, Map<String, @Nullable Object> arguments) {

    public ToolCall {
        requireNonNull(name, "name");
        arguments = PlainValues.copyOf(arguments);
    }
}
