package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Tool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation with a model. A question without an answer is not part of it. Not thread-safe. */
final class ChatConversation {

    private final List<Tool> tools;
    private final List<Message> turns = new ArrayList<>();
    private ModelName model;
    private GenerationSettings settings;
    private @Nullable String system;

    /**
     * Creates a conversation without turns.
     *
     * @param system the system prompt, or null for that of the model
     * @param tools the tools that the model may ask for
     */
    ChatConversation(ModelName model, GenerationSettings settings, @Nullable String system, List<Tool> tools) {
        this.model = requireNonNull(model, "model");
        this.settings = requireNonNull(settings, "settings");
        this.system = system;
        this.tools = List.copyOf(tools);
    }

    ModelName model() {
        return model;
    }

    void setModel(ModelName newModel) {
        model = newModel;
    }

    @Nullable String system() {
        return system;
    }

    /** Sets the system prompt of all further answers; empty for that of the model. */
    void setSystem(String newSystem) {
        system = newSystem.isEmpty() ? null : newSystem;
    }

    ModelOptions options() {
        return settings.options();
    }

    void setOptions(ModelOptions options) {
        settings = new GenerationSettings(
                options,
                settings.format(),
                settings.thinking(),
                settings.keepAlive(),
                settings.truncate(),
                settings.shift(),
                settings.logprobs());
    }

    List<Message> turns() {
        return List.copyOf(turns);
    }

    /** Returns the request for an answer to a question. */
    ChatRequest request(Message question) {
        List<Message> messages = new ArrayList<>();
        if (system != null) {
            messages.add(Message.system(system));
        }
        messages.addAll(turns);
        messages.add(question);
        return new ChatRequest(model, messages, tools, settings);
    }

    /** Adds a question and what was answered. */
    void add(Message question, String answer) {
        turns.add(question);
        turns.add(Message.assistant(answer));
    }

    /** Replaces the turns; without any the conversation is new. */
    void replaceTurns(List<Message> newTurns) {
        turns.clear();
        turns.addAll(newTurns);
    }
}
