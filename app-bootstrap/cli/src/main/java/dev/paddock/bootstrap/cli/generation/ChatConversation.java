package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.domain.model.generation.Tool;
import dev.paddock.domain.model.generation.ToolCall;
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

    /**
     * Returns the request for an answer.
     *
     * @param question what is asked, or null when the results of tools are to be answered
     */
    ChatRequest request(@Nullable Message question) {
        List<Message> messages = new ArrayList<>();
        if (system != null) {
            messages.add(Message.system(system));
        }
        messages.addAll(turns);
        if (question != null) {
            messages.add(question);
        }
        return new ChatRequest(model, messages, tools, settings);
    }

    /** Adds a question, if there was one, and what was answered. */
    void add(@Nullable Message question, Message answer) {
        if (question != null) {
            turns.add(question);
        }
        turns.add(answer);
    }

    /** Returns the first call of a tool in the last answer that has no result yet, or null when there is none. */
    @Nullable ToolCall openCall() {
        int results = 0;
        while (results < turns.size() && turns.get(turns.size() - 1 - results).role() == Role.TOOL) {
            results++;
        }
        List<ToolCall> calls = results == turns.size() ? List.of() : turns.get(turns.size() - 1 - results).toolCalls();
        return results < calls.size() ? calls.get(results) : null;
    }

    /** Returns whether the model has not answered the results of its tools yet, and has all of them. */
    boolean awaitsAnswer() {
        return !turns.isEmpty() && turns.getLast().role() == Role.TOOL && openCall() == null;
    }

    /** Adds the result of the {@linkplain #openCall open call}. */
    void addResult(ToolCall open, String result) {
        turns.add(Message.tool(open, result));
    }

    /** Replaces the turns; without any the conversation is new. */
    void replaceTurns(List<Message> newTurns) {
        turns.clear();
        turns.addAll(newTurns);
    }
}
