package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Message;
import java.util.ArrayList;
import java.util.List;

/** A conversation with a model. A question that was not answered is forgotten. Not thread-safe. */
final class ChatConversation {

    private final ModelName model;
    private final GenerationSettings settings;
    private final List<Message> opening;
    private final List<Message> turns = new ArrayList<>();

    ChatConversation(ModelName model, GenerationSettings settings, List<Message> opening) {
        this.model = requireNonNull(model, "model");
        this.settings = requireNonNull(settings, "settings");
        this.opening = List.copyOf(opening);
    }

    ModelName model() {
        return model;
    }

    /** Asks and prints the answer as it comes. */
    void ask(ActiveSession session, Message question, AnswerPrinter printer) {
        String answer = printer.print(
                session.llm().chatStream(request(question), session.newCall()), AnswerChunk::of);
        turns.add(question);
        turns.add(Message.assistant(answer));
    }

    /** Returns the request for an answer to a question. */
    ChatRequest request(Message question) {
        List<Message> messages = new ArrayList<>(opening);
        messages.addAll(turns);
        messages.add(question);
        return new ChatRequest(model, messages, List.of(), settings);
    }

    /** Forgets what was said, except for the opening. */
    void forget() {
        turns.clear();
    }
}
