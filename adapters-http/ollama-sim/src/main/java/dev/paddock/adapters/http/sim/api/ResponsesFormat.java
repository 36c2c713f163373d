package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponseWriter;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.Templates;
import dev.paddock.adapters.http.sim.model.AnswerFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code /v1/responses}: numbered, typed events; when the model fails, the stream ends without an error event. */
final class ResponsesFormat implements AnswerFormat {
    private static final Templates TEMPLATES = new Templates(ResponsesFormat.class, "responses.json");
    private static final int IDS = 999_999;

    private final SimulatedResponseWriter json;
    private final int number = ThreadLocalRandom.current().nextInt(IDS);
    private final ObjectNode common;
    private final ArrayNode output = GoJson.array();
    private final StringBuilder thoughts = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private List<String> sent = new ArrayList<>();
    private int sequence;
    private boolean begun;
    private boolean thinking;
    private boolean speaking;

    ResponsesFormat(SimulatedResponseWriter json, String model) {
        this.json = json;
        this.common = GoJson.object().put("response_id", "resp_" + number).put("message_id", "msg_" + number)
            .put("reasoning_id", "rs_" + number).put("call_item_id", "fc_" + number)
            .put("created", Instant.now().getEpochSecond()).put("model", model);
    }

    @Override
    public List<String> frames(ObjectNode chunk) {
        sent = new ArrayList<>();
        if (!begun) {
            begun = true;
            emit("response.created", GoJson.object().set("response", item("response", status("in_progress"))));
            emit("response.in_progress", GoJson.object().set("response", item("response", status("in_progress"))));
        }
        think(chunk.path("thinking").asText());
        chunk.path("tool_calls").forEach(this::call);
        speak(chunk.path("content").asText());
        if (chunk.path("done").asBoolean()) {
            finish(chunk);
        }
        return sent;
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
            added(item("message", status("in_progress").set("content", GoJson.array())));
            emitPart("response.content_part.added");
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
            emitPart("response.content_part.done");
            done(message());
        }
        emit("response.completed", GoJson.object().set("response", completed(chunk)));
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

    private void emitPart(String event) {
        emit(event, position("msg_").put("content_index", 0).set("part", part()));
    }

    private void emit(String event, ObjectNode fields) {
        ObjectNode data = GoJson.object().put("type", event).put("sequence_number", sequence++);
        data.setAll(fields);
        sent.add("event: " + event + "\ndata: " + json.text(data) + "\n\n");
    }

    @Override
    public String whole(ObjectNode answer) {
        List<String> unused = frames(answer.put("done", true));
        return json.text(completed(answer)) + "\n";
    }

    private ObjectNode status(String status) {
        return GoJson.object().put("status", status);
    }

    private ObjectNode item(String template, ObjectNode values) {
        return TEMPLATES.fill(template, values.setAll(common));
    }

    private ObjectNode completed(ObjectNode chunk) {
        ObjectNode values = status("completed").set("output", output);
        int total = chunk.path("prompt_eval_count").asInt() + chunk.path("eval_count").asInt();
        return item("response", values.set("usage", TEMPLATES.fill("usage", chunk.put("total_tokens", total))));
    }

    private ObjectNode reasoning() {
        ObjectNode values = GoJson.object().put("thinking", thoughts.toString());
        ArrayNode summary = values.putArray("summary");
        if (!thoughts.isEmpty()) {
            summary.add(TEMPLATES.fill("summary", values));
        }
        return item("reasoning", values);
    }

    private ObjectNode message() {
        return item("message", status("completed").set("content", GoJson.array().add(part())));
    }

    private ObjectNode part() {
        return TEMPLATES.fill("text", GoJson.object().put("text", text.toString()));
    }

    private ObjectNode functionCall(JsonNode call) {
        ObjectNode values = GoJson.object().put("arguments", GoJson.text(call.path("function").path("arguments")));
        return item("function_call", values.set("call", OpenAiFormat.identified(call)));
    }
}
