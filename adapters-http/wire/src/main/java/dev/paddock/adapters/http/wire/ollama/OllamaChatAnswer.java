package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a chat, or a line of one, with its message or the piece of one. Not thread-safe. */
final class OllamaChatAnswer extends OllamaAnswer<ChatChunk> {

    private static final String USUAL_ROLE = Role.ASSISTANT.label();

    private Role role = Role.ASSISTANT; // the server may leave it out
    private List<Image> images = List.of();
    private boolean isInMessage; // each line has a message, so there is no other object for its fields

    OllamaChatAnswer(String likelyModel) {
        super(likelyModel);
    }

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        if (isInMessage) {
            acceptOfMessage(name, value);
        } else if (name.equals("message")) {
            isInMessage = true;
            value.object(this);
            isInMessage = false;
        } else {
            super.accept(name, value);
        }
    }

    private void acceptOfMessage(String name, JsonReader value) throws IOException {
        switch (name) {
            case "role" -> role = role(value.optional());
            case "content" -> content.readText(value);
            case "refusal" -> content.readRefusal(value);
            case "thinking" -> content.readThinking(value);
            case "tool_calls" -> readToolCalls(value);
            case "images" -> images = images(value.isArray() ? value : value.optional());
            default -> value.skip();
        }
    }

    @Override
    boolean hasOnlyText() {
        return super.hasOnlyText() && role == Role.ASSISTANT && images.isEmpty();
    }

    @Override
    ChatChunk chunk(@Nullable Completion completion) {
        Message message = new Message(role, content.text(), content.thinking(), images, calls(), null);
        return new ChatChunk(model(), createdAt(), message, logprobs(), completion);
    }

    /** Other servers name the role {@code model}, {@code ai} or otherwise: an answer comes from the assistant. */
    private static Role role(JsonReader value) throws IOException {
        if (value.isText(USUAL_ROLE)) {
            return Role.ASSISTANT;
        }
        @Nullable Role found = Role.find(value.text());
        return found == null ? Role.ASSISTANT : found;
    }

    private static List<Image> images(JsonReader value) throws IOException {
        List<Image> images = new ArrayList<>();
        value.array(element -> {
            String base64 = element.text();
            element.require(!base64.isEmpty() && !base64.startsWith("data:"), "an image in base64");
            images.add(new Image(base64));
        });
        return images;
    }
}
