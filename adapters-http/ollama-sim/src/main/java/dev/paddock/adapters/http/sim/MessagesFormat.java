package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.JsonText;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/messages}: content blocks as events; no pings, and when the model fails the stream merely stops. */
final class MessagesFormat implements AnswerFormat {
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final JsonText json;
    private final ObjectNode envelope;
    private final int estimate;
    private List<String> sent = new ArrayList<>();
    private String openBlock = "";
    private int block;
    private boolean begun;
    private boolean toolUsed;

    MessagesFormat(JsonText json, RequestFields request) {
        this.json = json;
        this.envelope = GoJson.object().put("id", "msg_" + ErrorBodyFormat.randomHex()).put("type", "message")
            .put("role", "assistant").put("model", request.text("model"));
        this.estimate = GoJson.text(request.raw("messages")).length() / CHARACTERS_PER_TOKEN;
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
        delta("thinking", message.path("thinking").asText());
        delta("text", message.path("content").asText());
        message.path("tool_calls").forEach(this::toolUse);
        if (chunk.path("done").asBoolean()) {
            finish(chunk);
        }
        return sent;
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        ObjectNode message = envelope.deepCopy();
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", estimate).put("output_tokens", 0);
        emit("message_start", GoJson.object().set("message", message));
    }

    private void delta(String kind, String addition) {
        if (addition.isEmpty()) {
            return;
        }
        if (!openBlock.equals(kind)) {
            closeBlock();
            openBlock = kind;
            start(GoJson.object().put("type", kind).put(kind, ""));
        }
        emitDelta(GoJson.object().put("type", kind + "_delta").put(kind, addition));
    }

    private void toolUse(JsonNode call) {
        closeBlock();
        toolUsed = true;
        openBlock = "tool_use";
        ObjectNode content = GoJson.object().put("type", "tool_use").put("id", id(call))
            .put("name", call.path("function").path("name").asText());
        content.putObject("input");
        start(content);
        emitDelta(GoJson.object().put("type", "input_json_delta")
            .put("partial_json", GoJson.text(call.path("function").path("arguments"))));
        closeBlock();
    }

    private void start(ObjectNode content) {
        emit("content_block_start", GoJson.object().put("index", block).set("content_block", content));
    }

    private void emitDelta(ObjectNode delta) {
        emit("content_block_delta", GoJson.object().put("index", block).set("delta", delta));
    }

    private void closeBlock() {
        if (!openBlock.isEmpty()) {
            emit("content_block_stop", GoJson.object().put("index", block));
            openBlock = "";
            block++;
        }
    }

    private void finish(ObjectNode chunk) {
        closeBlock();
        ObjectNode fields = GoJson.object();
        fields.putObject("delta").put("stop_reason", stopReason(chunk)).putNull("stop_sequence");
        fields.set("usage", usage(chunk));
        emit("message_delta", fields);
        emit("message_stop", GoJson.object());
    }

    private void emit(String event, ObjectNode fields) {
        ObjectNode data = GoJson.object().put("type", event);
        data.setAll(fields);
        sent.add("event: " + event + "\ndata: " + json.text(data) + "\n\n");
    }

    private String stopReason(ObjectNode chunk) {
        if (toolUsed) {
            return "tool_use";
        }
        return "length".equals(chunk.path("done_reason").asText()) ? "max_tokens" : "end_turn";
    }

    private static String id(JsonNode call) {
        return call.path("id").asText("call_" + ErrorBodyFormat.randomHex().substring(0, 8));
    }

    private static ObjectNode usage(ObjectNode chunk) {
        return GoJson.object().put("input_tokens", chunk.path("prompt_eval_count").asInt())
            .put("output_tokens", chunk.path("eval_count").asInt());
    }

    @Override
    public List<String> failure(String message) {
        return List.of();
    }

    @Override
    public String whole(ObjectNode answer) {
        JsonNode message = answer.path("message");
        ArrayNode content = GoJson.array();
        block(content, "thinking", message.path("thinking").asText());
        block(content, "text", message.path("content").asText());
        for (JsonNode call : message.path("tool_calls")) {
            toolUsed = true;
            content.addObject().put("type", "tool_use").put("id", id(call))
                .put("name", call.path("function").path("name").asText())
                .set("input", call.path("function").path("arguments"));
        }
        ObjectNode body = envelope.deepCopy();
        if (content.isEmpty()) {
            body.putNull("content");
        } else {
            body.set("content", content);
        }
        body.put("stop_reason", stopReason(answer)).set("usage", usage(answer));
        return json.text(body) + "\n";
    }

    private static void block(ArrayNode content, String kind, String text) {
        if (!text.isEmpty()) {
            content.addObject().put("type", kind).put(kind, text);
        }
    }
}
