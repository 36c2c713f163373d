package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.GoTime;
import java.time.Instant;

/** Chunks of {@code /api/chat}. */
record ChatChunkBuilder(String model) implements ChunkBuilder {
    @Override
    public ObjectNode chunk(GeneratedToken piece) {
        ObjectNode chunk = head();
        ObjectNode message = chunk.putObject("message").put("role", "assistant");
        switch (piece) {
            case GeneratedToken.TextToken word -> message.put("content", word.text());
            case GeneratedToken.ThinkingToken thought -> message.put("content", "").put("thinking", thought.text());
            case GeneratedToken.ToolCallToken tool -> message.put("content", "").putArray("tool_calls").add(tool.call());
        }
        return chunk.put("done", false);
    }

    @Override
    public ObjectNode last(String doneReason) {
        ObjectNode chunk = head();
        chunk.putObject("message").put("role", "assistant").put("content", "");
        return chunk.put("done_reason", doneReason).put("done", true);
    }

    private ObjectNode head() {
        return GoJson.object().put("model", model).put("created_at", GoTime.utc(Instant.now()));
    }
}
