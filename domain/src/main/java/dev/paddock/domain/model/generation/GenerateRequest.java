package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;

/**
 * A request to complete a prompt. Immutable.
 *
 * @param model the model to ask
 * @param prompt the text to complete; when empty, Ollama only loads the model (or unloads it, with keep-alive 0)
 * @param promptSettings how the prompt is put together
 * @param settings everything else
 */
public record GenerateRequest(
        ModelName model, String prompt, PromptSettings promptSettings, GenerationSettings settings) {

    public GenerateRequest {
        requireNonNull(model, "model");
        requireNonNull(prompt, "prompt");
        requireNonNull(promptSettings, "promptSettings");
        requireNonNull(settings, "settings");
    }

    /** Returns a request that leaves everything but model and prompt to the server. */
    public static GenerateRequest of(String model, String prompt) {
        return new GenerateRequest(new ModelName(model), prompt, PromptSettings.DEFAULT, GenerationSettings.DEFAULT);
    }

    /** Returns this request with the given way to put the prompt together. */
    public GenerateRequest withPromptSettings(PromptSettings newPromptSettings) {
        return new GenerateRequest(model, prompt, newPromptSettings, settings);
    }

    /** Returns this request with the given settings. */
    public GenerateRequest withSettings(GenerationSettings newSettings) {
        return new GenerateRequest(model, prompt, promptSettings, newSettings);
    }

    /** Returns the model and the size of the prompt: its text is not shown. */
    @Override
    public String toString() {
        return "generate with " + model + ", prompt of " + prompt.length() + " characters";
    }
}
