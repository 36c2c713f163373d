package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import java.util.List;

/** Translates a request of the Anthropic API into a native chat. */
final class MessagesRequest {
    private MessagesRequest() {
    }

    /**
     * Translates.
     *
     * @param thinker whether the model can think; otherwise the request to think is ignored, not refused
     */
    static RequestFields chat(RequestFields request, boolean thinker) {
        List<JsonNode> messages = request.list("messages", "anthropic.MessageParam");
        require(!request.text("model").isEmpty(), OllamaError.MODEL_REQUIRED);
        require(request.integer("max_tokens") > 0, OllamaError.MAX_TOKENS_REQUIRED);
        require(!messages.isEmpty(), OllamaError.MESSAGES_REQUIRED);
        NativeRequestBuilder builder = NativeRequestBuilder.of("anthropic", request);
        if (request.has("system")) {
            builder.message("system", NativeRequestBuilder.text(request.raw("system")));
        }
        messages.forEach(message -> message(builder, message));
        String thinking = request.raw("thinking").path("type").asText();
        if (thinker && !thinking.isEmpty()) {
            builder.target().put("think", "enabled".equals(thinking));
        }
        request.list("tools", "anthropic.Tool").forEach(tool -> builder.tool("anthropic", tool));
        return new RequestFields(builder.target(), "ChatRequest");
    }

    private static void require(boolean condition, OllamaError error) {
        if (!condition) {
            throw error.with();
        }
    }

    private static void message(NativeRequestBuilder builder, JsonNode message) {
        String role = message.path("role").asText();
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            builder.message(role, content.textValue());
        }
        for (JsonNode block : content) {
            switch (block.path("type").asText()) {
                case "text" -> builder.message(role, block.path("text").asText());
                case "image" -> builder.message(role, "").putArray("images")
                    .add(block.path("source").path("data").asText());
                case "tool_result" -> builder.message("tool", NativeRequestBuilder.text(block.path("content")))
                    .put("tool_call_id", block.path("tool_use_id").asText());
                default -> { }
            }
        }
    }
}
