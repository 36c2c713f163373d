package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a message, or of the piece of one that a line carries. */
final class MessageFields implements JsonReader.Fields {

    private static final String USUAL_ROLE = Role.ASSISTANT.label();

    private final ToolCallList toolCalls = new ToolCallList();
    private Role role = Role.ASSISTANT; // who else would answer
    private String content = "";
    private @Nullable String thinking;
    private List<Image> images = List.of();

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "role" -> role = role(value);
            case "content" -> content = value.text();
            case "thinking" -> thinking = value.textOrNull();
            case "tool_calls" -> value.array(toolCalls);
            case "images" -> images = images(value);
            default -> value.skip();
        }
    }

    Message build() {
        return new Message(role, content, thinking, images, toolCalls.calls(), null);
    }

    private static Role role(JsonReader value) throws IOException {
        if (value.isText(USUAL_ROLE)) {
            return Role.ASSISTANT;
        }
        String label = value.text();
        Role found = label.isEmpty() ? Role.ASSISTANT : Role.find(label);
        value.require(found != null, "one of the roles system, user, assistant and tool");
        return found == null ? Role.ASSISTANT : found;
    }

    private static List<Image> images(JsonReader value) throws IOException {
        List<Image> images = new ArrayList<>();
        JsonReader.Elements collect = element -> {
            String base64 = element.text();
            element.require(!base64.isEmpty() && !base64.startsWith("data:"), "an image in base64");
            images.add(new Image(base64));
        };
        value.array(collect);
        return images;
    }
}
