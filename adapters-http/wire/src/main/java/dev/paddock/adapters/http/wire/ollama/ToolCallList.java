package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.generation.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects tool calls in the order of the answer; the index that servers give them differs between versions. */
final class ToolCallList implements JsonReader.Elements {

    private @Nullable List<ToolCall> calls; // made with the first call, because most answers have none

    @Override
    public void accept(JsonReader value) throws IOException {
        Call call = new Call();
        value.object(call);
        if (calls == null) {
            calls = new ArrayList<>();
        }
        calls.add(call.build());
    }

    List<ToolCall> calls() {
        return calls == null ? List.of() : calls;
    }

    private static final class Call implements JsonReader.Fields {

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
