package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a completion, or a piece of one, has brought.
 *
 * @param text the text, may be empty
 * @param thinking the reasoning of a thinking model, or null when there is none
 * @param toolCalls what the model asks the caller to run
 * @param context the state to go on from, with the last piece of models that give one; else null
 */
public record GenerateOutput(
        String text, @Nullable String thinking, List<ToolCall> toolCalls, @Nullable PromptContext context) {

    public GenerateOutput {
        requireNonNull(text, "text");
        toolCalls = List.copyOf(toolCalls);
    }

    /** Returns the size only: what models say is not shown. */
    @Override
    public String toString() {
        return "output of " + text.length() + " characters";
    }
}
