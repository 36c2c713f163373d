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
import org.jspecify.annotations.Nullable;

/** {@code /v1/messages}: content blocks as events; no pings, and no error event when the model fails. */
final class MessagesFormat implements AnswerFormat {
    private static final Templates TEMPLATES = new Templates(MessagesFormat.class, "anthropic.json");
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final SimulatedResponseWriter json;
    private final ObjectNode envelope;
    private final ArrayNode content = GoJson.array();
    private List<String> sent = new ArrayList<>();
    private @Nullable ObjectNode openBlock;
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
        ObjectNode block = openBlock;
        if (block == null || !block.has(kind)) {
            block = startBlock(GoJson.object().put("type", kind).put(kind, ""));
        }
        block.put(kind, block.path(kind).asText() + addition);
        emitBlock("content_block_delta", GoJson.object().put("type", kind + "_delta").put(kind, addition));
    }

    private void toolUse(JsonNode call) {
        toolUsed = true;
        JsonNode arguments = call.path("function").path("arguments");
        ObjectNode block = startBlock(TEMPLATES.fill("tool_use", OpenAiFormat.identified(call)));
        block.set("input", arguments);
        emitBlock("content_block_delta",
            GoJson.object().put("type", "input_json_delta").put("partial_json", GoJson.text(arguments)));
        closeBlock();
    }

    private ObjectNode startBlock(ObjectNode block) {
        closeBlock();
        content.add(block);
        openBlock = block;
        emitBlock("content_block_start", block);
        return block;
    }

    private void closeBlock() {
        if (openBlock != null) {
            emitBlock("content_block_stop", openBlock);
            openBlock = null;
        }
    }

    private void emitBlock(String event, ObjectNode values) {
        emit(event, GoJson.object().put("index", content.size() - 1).set("content", values));
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
        ObjectNode values = answer.deepCopy().put("done", true);
        List<String> unused = frames(values);
        values.setAll(envelope);
        values.set("content", content.isEmpty() ? NullNode.instance : content);
        return json.text(TEMPLATES.fill("message", values)) + "\n";
    }
}
