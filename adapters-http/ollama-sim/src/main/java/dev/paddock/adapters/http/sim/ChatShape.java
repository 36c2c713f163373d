package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Chunks of {@code /api/chat}. */
record ChatShape(String model) implements ChunkShape {
    @Override
    public ObjectNode chunk(Piece piece) {
        ObjectNode chunk = head();
        ObjectNode message = chunk.putObject("message").put("role", "assistant");
        switch (piece) {
            case Piece.Word word -> message.put("content", word.text());
            case Piece.Thought thought -> message.put("content", "").put("thinking", thought.text());
            case Piece.ToolCall tool -> message.put("content", "").putArray("tool_calls").add(tool.call());
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
        return Json.object().put("model", model).put("created_at", GoTime.utc(Instant.now()));
    }
}
