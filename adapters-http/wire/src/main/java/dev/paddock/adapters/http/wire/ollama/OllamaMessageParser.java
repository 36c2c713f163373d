package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a message, or of the piece of one that a line carries. Not thread-safe. */
final class OllamaMessageParser implements JsonReader.Fields {

    private static final String USUAL_ROLE = Role.ASSISTANT.label();

    private final OllamaAnswer<?> answer;
    private Role role = Role.ASSISTANT; // the server may leave it out
    private List<Image> images = List.of();

    /** Creates the parser of the message in an answer, which takes the content and the tool calls. */
    OllamaMessageParser(OllamaAnswer<?> answer) {
        this.answer = answer;
    }

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "role" -> role = role(value.optional());
            case "content" -> answer.content.readText(value);
            case "refusal" -> answer.content.readRefusal(value);
            case "thinking" -> answer.content.readThinking(value);
            case "tool_calls" -> value.array(answer.toolCalls);
            case "images" -> images = images(value.isArray() ? value : value.optional());
            default -> value.skip();
        }
    }

    Message build() {
        return new Message(role, answer.content.text(), answer.content.thinking(), images, answer.toolCalls.calls(), null);
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
