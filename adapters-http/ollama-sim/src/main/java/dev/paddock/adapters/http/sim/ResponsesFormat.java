package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code /v1/responses}: numbered, typed events; when the model fails, the stream merely stops. */
final class ResponsesFormat implements AnswerFormat {
    private static final int IDS = 999_999;

    private final JsonText json;
    private final String model;
    private final int number = ThreadLocalRandom.current().nextInt(IDS);
    private final long created = Instant.now().getEpochSecond();
    private final ArrayNode output = GoJson.array();
    private final StringBuilder thoughts = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private List<String> sent = new ArrayList<>();
    private int sequence;
    private boolean begun;
    private boolean thinking;
    private boolean speaking;

    ResponsesFormat(JsonText json, String model) {
        this.json = json;
        this.model = model;
    }

    @Override
    public String streamType() {
        return ContentTypes.EVENTS;
    }

    @Override
    public String wholeType() {
        return ContentTypes.BARE_JSON;
    }

    @Override
    public List<String> frames(ObjectNode chunk) {
        sent = new ArrayList<>();
        begin();
        JsonNode message = chunk.path("message");
        think(message.path("thinking").asText());
        message.path("tool_calls").forEach(this::call);
        speak(message.path("content").asText());
        if (chunk.path("done").asBoolean()) {
            finish(chunk);
        }
        return sent;
    }

    private void begin() {
        if (!begun) {
            begun = true;
            emit("response.created", GoJson.object().set("response", envelope("in_progress")));
            emit("response.in_progress", GoJson.object().set("response", envelope("in_progress")));
        }
    }

    private void think(String addition) {
        if (addition.isEmpty()) {
            return;
        }
        if (!thinking) {
            thinking = true;
            added(reasoning());
        }
        thoughts.append(addition);
        emit("response.reasoning_summary_text.delta", position("rs_").put("summary_index", 0).put("delta", addition));
    }

    private void speak(String addition) {
        if (addition.isEmpty()) {
            return;
        }
        endThinking();
        if (!speaking) {
            speaking = true;
            added(message("in_progress", GoJson.array()));
            emit("response.content_part.added", part(""));
        }
        text.append(addition);
        emit("response.output_text.delta", position("msg_").put("content_index", 0).put("delta", addition));
    }

    private void endThinking() {
        if (thinking) {
            thinking = false;
            emit("response.reasoning_summary_text.done",
                position("rs_").put("summary_index", 0).put("text", thoughts.toString()));
            done(reasoning());
        }
    }

    private void call(JsonNode call) {
        endThinking();
        ObjectNode item = functionCall(call);
        added(item);
        String arguments = item.path("arguments").asText();
        emit("response.function_call_arguments.delta", position("fc_").put("delta", arguments));
        emit("response.function_call_arguments.done", position("fc_").put("arguments", arguments));
        done(item);
    }

    private void finish(ObjectNode chunk) {
        endThinking();
        if (speaking) {
            emit("response.output_text.done",
                position("msg_").put("content_index", 0).put("text", text.toString()));
            emit("response.content_part.done", part(text.toString()));
            done(message("completed", GoJson.array().add(textPart(text.toString()))));
        }
        ObjectNode response = envelope("completed");
        response.set("output", output);
        response.set("usage", usage(chunk));
        emit("response.completed", GoJson.object().set("response", response));
    }

    private void added(ObjectNode item) {
        emit("response.output_item.added", GoJson.object().put("output_index", output.size()).set("item", item));
    }

    private void done(ObjectNode item) {
        emit("response.output_item.done", GoJson.object().put("output_index", output.size()).set("item", item));
        output.add(item);
    }

    private ObjectNode position(String idPrefix) {
        return GoJson.object().put("item_id", idPrefix + number).put("output_index", output.size());
    }

    private ObjectNode part(String content) {
        return position("msg_").put("content_index", 0).set("part", textPart(content));
    }

    private void emit(String event, ObjectNode fields) {
        ObjectNode data = GoJson.object().put("type", event).put("sequence_number", sequence++);
        data.setAll(fields);
        sent.add("event: " + event + "\ndata: " + json.text(data) + "\n\n");
    }

    @Override
    public List<String> failure(String message) {
        return List.of();
    }

    @Override
    public String whole(ObjectNode answer) {
        JsonNode message = answer.path("message");
        ObjectNode response = envelope("completed");
        if (message.has("thinking")) {
            thoughts.append(message.path("thinking").asText());
            output.add(reasoning());
        }
        if (message.has("tool_calls")) {
            message.path("tool_calls").forEach(call -> output.add(functionCall(call)));
        } else {
            output.add(message("completed", GoJson.array().add(textPart(message.path("content").asText()))));
        }
        response.set("output", output);
        response.set("usage", usage(answer));
        return json.text(response) + "\n";
    }

    private ObjectNode envelope(String status) {
        ObjectNode envelope = GoJson.object().put("id", "resp_" + number).put("object", "response")
            .put("created_at", created).put("status", status).put("model", model);
        envelope.putArray("output");
        return envelope;
    }

    private ObjectNode reasoning() {
        ObjectNode item = GoJson.object().put("id", "rs_" + number).put("type", "reasoning");
        ArrayNode summary = item.putArray("summary");
        if (!thoughts.isEmpty()) {
            summary.addObject().put("type", "summary_text").put("text", thoughts.toString());
        }
        return item;
    }

    private ObjectNode message(String status, ArrayNode content) {
        return GoJson.object().put("id", "msg_" + number).put("type", "message").put("status", status)
            .put("role", "assistant").set("content", content);
    }

    private static ObjectNode textPart(String content) {
        ObjectNode part = GoJson.object().put("type", "output_text").put("text", content);
        part.putArray("annotations");
        return part;
    }

    private ObjectNode functionCall(JsonNode call) {
        return GoJson.object().put("id", "fc_" + number).put("type", "function_call").put("status", "completed")
            .put("call_id", call.path("id").asText("call_" + number))
            .put("name", call.path("function").path("name").asText())
            .put("arguments", GoJson.text(call.path("function").path("arguments")));
    }

    private static ObjectNode usage(ObjectNode answer) {
        int read = answer.path("prompt_eval_count").asInt();
        int written = answer.path("eval_count").asInt();
        return GoJson.object().put("input_tokens", read).put("output_tokens", written)
            .put("total_tokens", read + written);
    }
}
