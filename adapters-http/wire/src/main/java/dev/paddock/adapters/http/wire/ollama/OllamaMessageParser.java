package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.domain.model.generation.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a message, or of the piece of one that a line carries. Not thread-safe. */
final class OllamaMessageParser implements JsonReader.Fields {

    private static final String USUAL_ROLE = Role.ASSISTANT.label();

    private final ToolCalls toolCalls = new ToolCalls();
    private Role role = Role.ASSISTANT; // the server may leave it out
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

    String content() {
        return content;
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
        value.array(element -> {
            String base64 = element.text();
            element.require(!base64.isEmpty() && !base64.startsWith("data:"), "an image in base64");
            images.add(new Image(base64));
        });
        return images;
    }

    /** Tool calls in the order of the answer; the index that servers give them differs between versions. */
    static final class ToolCalls implements JsonReader.Elements {

        private @Nullable List<ToolCall> calls; // created with the first call, because most answers have none

        @Override
        public void accept(JsonReader value) throws IOException {
            ToolCallParser call = new ToolCallParser();
            value.object(call);
            if (calls == null) {
                calls = new ArrayList<>();
            }
            calls.add(call.build());
        }

        List<ToolCall> calls() {
            return calls == null ? List.of() : calls;
        }
    }

    private static final class ToolCallParser implements JsonReader.Fields {

        private @Nullable String id;
        private String name = "";
        private Map<String, @Nullable Object> arguments = Map.of();

        @Override
        public void accept(String field, JsonReader value) throws IOException {
            switch (field) {
                case "id" -> id = value.textOrNull();
                case "function" -> value.object(this::acceptFunction);
                default -> value.skip();
            }
        }

        @SuppressWarnings("NullAway") // javac drops the annotation inside the map's type from a record's class file
        private ToolCall build() {
            return new ToolCall(id, name, arguments);
        }

        private void acceptFunction(String field, JsonReader value) throws IOException {
            switch (field) {
                case "name" -> name = value.text();
                case "arguments" -> arguments = value.plainObject();
                default -> value.skip();
            }
        }
    }
}
