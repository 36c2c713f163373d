package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A tool call, or the piece of one that an event carries. */
final class ToolCallDelta implements JsonReader.Fields {

    private @Nullable Integer index;
    private String id = "";
    private String name = "";
    private String arguments = "";

    @Override
    public void accept(String field, JsonReader value) throws IOException {
        switch (field) {
            case "index" -> index = value.intOrNull();
            case "id" -> id = value.text();
            case "function" -> value.object(this::acceptFunction);
            default -> value.skip();
        }
    }

    @Nullable Integer index() {
        return index;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    String arguments() {
        return arguments;
    }

    /** Some servers give the arguments as the object that they are. */
    private void acceptFunction(String field, JsonReader value) throws IOException {
        switch (field) {
            case "name" -> name = value.text();
            case "arguments" -> arguments =
                    value.isText() || value.isNull() ? value.text() : JsonWriter.toText(value.plainObject());
            default -> value.skip();
        }
    }
}
