package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.util.List;

/** Translates a request of the Anthropic dialect into a native chat. */
final class MessagesRequest {
    private MessagesRequest() {
    }

    /**
     * Translates.
     *
     * @param thinker whether the model can think; a wish that it cannot fulfil is dropped, not refused
     */
    static RequestFields chat(RequestFields request, boolean thinker) {
        List<JsonNode> messages = request.list("messages", "anthropic.MessageParam");
        int limit = request.integer("max_tokens").orElse(0);
        require(!request.text("model").isEmpty(), "model is required");
        require(limit > 0, "max_tokens is required and must be positive");
        require(!messages.isEmpty(), "messages is required");
        ObjectNode target = GoJson.object()
            .put("model", request.text("model"))
            .put("stream", request.flag("stream").orElse(false));
        ArrayNode translated = target.putArray("messages");
        if (request.has("system")) {
            translated.addObject().put("role", "system").put("content", text(request.raw("system")));
        }
        messages.forEach(message -> message(message, translated));
        options(request, target.putObject("options").put("num_predict", limit));
        String thinking = request.raw("thinking").path("type").asText();
        if (thinker && !thinking.isEmpty()) {
            target.put("think", "enabled".equals(thinking));
        }
        for (JsonNode tool : request.list("tools", "anthropic.Tool")) {
            target.withArray("tools").addObject().put("type", "function").putObject("function")
                .put("name", tool.path("name").asText()).set("parameters", tool.path("input_schema"));
        }
        return new RequestFields(target, "ChatRequest");
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new ApiException(400, complaint);
        }
    }

    private static void options(RequestFields request, ObjectNode options) {
        for (String name : List.of("temperature", "top_p", "top_k")) {
            if (request.has(name)) {
                options.set(name, request.raw(name));
            }
        }
        if (request.has("stop_sequences")) {
            options.set("stop", request.raw("stop_sequences"));
        }
    }

    private static void message(JsonNode message, ArrayNode translated) {
        String role = message.path("role").asText();
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            translated.addObject().put("role", role).put("content", content.textValue());
            return;
        }
        for (JsonNode block : content) {
            switch (block.path("type").asText()) {
                case "text" -> translated.addObject().put("role", role).put("content", block.path("text").asText());
                case "image" -> translated.addObject().put("role", role).put("content", "")
                    .putArray("images").add(block.path("source").path("data").asText());
                case "tool_result" -> translated.addObject().put("role", "tool")
                    .put("content", text(block.path("content")))
                    .put("tool_call_id", block.path("tool_use_id").asText());
                default -> { }
            }
        }
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(block -> text.append(block.path("text").asText()));
        return text.toString();
    }
}
