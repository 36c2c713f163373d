package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.PlainValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of the model to run a tool. When the answer reached its limit of length inside the arguments, the call is incomplete: it has
 * the JSON as far as it came, cannot be run, and cannot be sent back to a model.
 *
 * @param id the server's name for this call, or null where the server gives none (Ollama before 0.12.10)
 * @param name the name of the tool
 * @param arguments the arguments as plain Java values; empty for an incomplete call
 * @param incompleteArguments the beginning of the arguments as JSON, or null for a complete call
 */
public record ToolCall(
        @Nullable String id,
        String name,
        Map<String, @Nullable Object> arguments,
        @Nullable String incompleteArguments) {

    public ToolCall {
        requireNonNull(name, "name");
        arguments = PlainValues.copyOf(arguments);
        if (incompleteArguments != null && !arguments.isEmpty()) {
            throw new IllegalArgumentException("an incomplete call has no arguments as values");
        }
    }

    /** Creates a complete call. */
    public ToolCall(@Nullable String id, String name, Map<String, @Nullable Object> arguments) {
        this(id, name, arguments, null);
    }

    /**
     * Returns a call whose arguments were cut.
     *
     * @param arguments the JSON as far as it came
     */
    public static ToolCall incomplete(@Nullable String id, String name, String arguments) {
        return new ToolCall(id, name, Map.of(), requireNonNull(arguments, "arguments"));
    }

    /** Returns whether all of the arguments arrived. */
    public boolean isComplete() {
        return incompleteArguments == null;
    }
}
