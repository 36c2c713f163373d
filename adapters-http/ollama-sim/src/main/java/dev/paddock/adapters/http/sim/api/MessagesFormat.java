package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponseWriter;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.format.Templates;
import dev.paddock.adapters.http.sim.model.AnswerFormat;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/messages}: content blocks as events; no pings, and when the model fails the stream merely stops. */
final class MessagesFormat implements AnswerFormat {
    private static final Templates TEMPLATES = new Templates(MessagesFormat.class, "anthropic.json");
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final SimulatedResponseWriter json;
    private final ObjectNode envelope;
    private List<String> sent = new ArrayList<>();
    private String openBlock = "";
    private int block;
    private boolean begun;
    private boolean toolUsed;

    MessagesFormat(SimulatedResponseWriter json, RequestFields request) {
        this.json = json;
        this.envelope = GoJson.object().put("id", "msg_" + ErrorBodyFormat.randomHex())
            .put("model", request.text("model"))
            .put("estimate", GoJson.text(request.raw("messages")).length() / CHARACTERS_PER_TOKEN);
    }

    @Override
    public List<String> frames(ObjectNode chunk) {
        sent = new ArrayList<>();
        if (!begun) {
            begun = true;
            emit("message_start", envelope);
        }
        delta("thinking", chunk.path("thinking").asText());
        delta("text", chunk.path("content").asText());
        chunk.path("tool_calls").forEach(this::toolUse);
        if (chunk.path("done").asBoolean()) {
            closeBlock();
            emit("message_delta", chunk.put("stop_reason", stopReason(chunk)));
            emit("message_stop", chunk);
        }
        return sent;
    }

    private void delta(String kind, String addition) {
        if (addition.isEmpty()) {
            return;
        }
        if (!openBlock.equals(kind)) {
            closeBlock();
            openBlock = kind;
            emitBlock("content_block_start", GoJson.object().put("type", kind).put(kind, ""));
        }
        emitBlock("content_block_delta", GoJson.object().put("type", kind + "_delta").put(kind, addition));
    }

    private void toolUse(JsonNode call) {
        closeBlock();
        openBlock = "tool_use";
        ObjectNode values = toolCall(call);
        String arguments = GoJson.text(values.path("input"));
        values.putObject("input");
        emitBlock("content_block_start", TEMPLATES.fill("tool_use", values));
        emitBlock("content_block_delta",
            GoJson.object().put("type", "input_json_delta").put("partial_json", arguments));
        closeBlock();
    }

    private ObjectNode toolCall(JsonNode call) {
        toolUsed = true;
        return OpenAiFormat.identified(call).set("input", call.path("function").path("arguments"));
    }

    private void closeBlock() {
        if (!openBlock.isEmpty()) {
            emitBlock("content_block_stop", GoJson.object());
            openBlock = "";
            block++;
        }
    }

    private void emitBlock(String event, ObjectNode content) {
        emit(event, GoJson.object().put("index", block).set("content", content));
    }

    private void emit(String event, ObjectNode values) {
        sent.add("event: " + event + "\ndata: " + json.text(TEMPLATES.fill(event, values)) + "\n\n");
    }

    private String stopReason(ObjectNode chunk) {
        if (toolUsed) {
            return "tool_use";
        }
        return "length".equals(chunk.path("done_reason").asText()) ? "max_tokens" : "end_turn";
    }

    @Override
    public String whole(ObjectNode answer) {
        ArrayNode content = GoJson.array();
        block(content, "thinking", answer.path("thinking").asText());
        block(content, "text", answer.path("content").asText());
        answer.path("tool_calls").forEach(call -> content.add(TEMPLATES.fill("tool_use", toolCall(call))));
        ObjectNode values = answer.deepCopy();
        values.setAll(envelope);
        values.set("content", content.isEmpty() ? NullNode.instance : content);
        return json.text(TEMPLATES.fill("message", values.put("stop_reason", stopReason(answer)))) + "\n";
    }

    private static void block(ArrayNode content, String kind, String text) {
        if (!text.isEmpty()) {
            content.addObject().put("type", kind).put(kind, text);
        }
    }
}
