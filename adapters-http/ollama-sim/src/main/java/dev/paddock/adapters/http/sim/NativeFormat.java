package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.JsonText;
import java.util.List;

/** Ollama's own dialect: one JSON object on each line, or a single object without a line feed. */
record NativeFormat(JsonText json, String wholeType) implements AnswerFormat {
    static NativeFormat of(SimulatedResponseWriter responder) {
        return new NativeFormat(responder::text, ContentTypes.JSON);
    }

    @Override
    public String streamType() {
        return ContentTypes.LINES;
    }

    @Override
    public List<String> frames(ObjectNode chunk) {
        return List.of(json.text(chunk) + "\n");
    }

    @Override
    public List<String> failure(String message) {
        return List.of(json.text(GoJson.object().put("error", message)) + "\n");
    }

    @Override
    public String whole(ObjectNode answer) {
        return json.text(answer);
    }
}
