package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.GoTime;
import java.time.Instant;

/**
 * Chunks of {@code /api/generate}.
 *
 * @param context the tokens of the conversation so far; empty when the last chunk shall not carry any
 */
record GenerateChunkBuilder(String model, ArrayNode context) implements ChunkBuilder {
    @Override
    public ObjectNode chunk(GeneratedToken piece) {
        ObjectNode chunk = head();
        switch (piece) {
            case GeneratedToken.TextToken word -> chunk.put("response", word.text());
            case GeneratedToken.ThinkingToken thought -> chunk.put("response", "").put("thinking", thought.text());
            case GeneratedToken.ToolCallToken tool -> chunk.put("response", "").putArray("tool_calls").add(tool.call());
        }
        return chunk.put("done", false);
    }

    @Override
    public ObjectNode last(String doneReason) {
        ObjectNode chunk = head().put("response", "").put("done", true).put("done_reason", doneReason);
        if (!context.isEmpty()) {
            chunk.set("context", context);
        }
        return chunk;
    }

    private ObjectNode head() {
        return GoJson.object().put("model", model).put("created_at", GoTime.utc(Instant.now()));
    }
}
