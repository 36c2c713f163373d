package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import java.util.List;

/**
 * A request for the next turn of a conversation. Immutable.
 *
 * @param model the model to ask
 * @param messages the conversation so far; when empty, Ollama only loads the model (or unloads it, with keep-alive 0)
 * @param tools the tools that the model may ask for
 * @param settings everything else
 */
public record ChatRequest(
        ModelName model, List<Message> messages, List<Tool> tools, GenerationSettings settings) {

    public ChatRequest {
        requireNonNull(model, "model");
        requireNonNull(settings, "settings");
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** Returns a request with one message of the user. */
    public static ChatRequest of(String model, String userMessage) {
        return of(model, List.of(Message.user(userMessage)));
    }

    /** Returns a request with the given conversation. */
    public static ChatRequest of(String model, List<Message> messages) {
        return new ChatRequest(new ModelName(model), messages, List.of(), GenerationSettings.DEFAULT);
    }

    /** Returns this request with the given tools. */
    public ChatRequest withTools(List<Tool> newTools) {
        return new ChatRequest(model, messages, newTools, settings);
    }

    /** Returns this request with the given settings. */
    public ChatRequest withSettings(GenerationSettings newSettings) {
        return new ChatRequest(model, messages, tools, newSettings);
    }
}
