package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.GoJson;
import java.util.List;
import java.util.Map;

/** Merges all chunks into one and sends them when the last has come. */
final class CollectedAnswer implements AnswerSink {
    private static final List<String> TEXTS = List.of("response", "content", "thinking");
    private static final List<String> LISTS = List.of("tool_calls", "logprobs");

    private final SimulatedResponseWriter responder;
    private final AnswerFormat format;
    private final ObjectNode merged = GoJson.object();

    CollectedAnswer(SimulatedResponseWriter responder, AnswerFormat format) {
        this.responder = responder;
        this.format = format;
    }

    @Override
    public void chunk(ObjectNode chunk) {
        merge(merged, chunk);
    }

    private static void merge(ObjectNode target, ObjectNode addition) {
        for (Map.Entry<String, JsonNode> entry : addition.properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            JsonNode present = target.path(key);
            if (TEXTS.contains(key)) {
                target.put(key, present.asText("") + value.asText());
            } else if (LISTS.contains(key) && present instanceof ArrayNode list) {
                value.forEach(list::add);
            } else if (present instanceof ObjectNode object && value instanceof ObjectNode more) {
                merge(object, more);
            } else {
                target.set(key, value.deepCopy());
            }
        }
    }

    @Override
    public void fail(RunnerFailedException failure) {
        throw new ApiException(500, failure.text());
    }

    @Override
    public void end() {
        responder.respond(SimulatedResponse.of(200, format.wholeType(), format.whole(merged)));
    }
}
