package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.GoJson;

/** Calls a tool with arguments that fit its parameters. */
final class SampleToolCall {
    private SampleToolCall() {
    }

    static ObjectNode of(JsonNode tool, SampleWords vocabulary, boolean identified) {
        JsonNode function = tool.path("function");
        ObjectNode call = GoJson.object();
        if (identified) {
            call.put("id", "call_" + vocabulary.identifier());
        }
        JsonNode arguments = new SampleValue(function.path("parameters"), vocabulary).value();
        call.putObject("function").put("index", 0).put("name", function.path("name").asText())
            .set("arguments", arguments.isObject() ? arguments : GoJson.object());
        return call;
    }
}
