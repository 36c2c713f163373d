package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;

/** Translates a request of the Responses API into a native chat; each call stands alone. */
final class ResponsesRequest {
    private ResponsesRequest() {
    }

    static RequestFields chat(RequestFields request) {
        NativeRequestBuilder builder = NativeRequestBuilder.of("responses", request);
        if (!request.text("instructions").isEmpty()) {
            builder.message("system", request.text("instructions"));
        }
        JsonNode input = request.raw("input");
        if (input.isTextual()) {
            builder.message("user", input.textValue());
        }
        input.forEach(item -> item(builder, item));
        JsonNode format = request.raw("text").path("format");
        if ("json_schema".equals(format.path("type").asText())) {
            builder.target().set("format", format.path("schema"));
        }
        builder.think(request.raw("reasoning").path("effort").asText());
        for (JsonNode tool : request.list("tools", "openai.ResponsesTool")) {
            if ("function".equals(tool.path("type").asText())) {
                builder.tool("responses", tool);
            }
        }
        return new RequestFields(builder.target(), "ChatRequest");
    }

    private static void item(NativeRequestBuilder builder, JsonNode item) {
        switch (item.path("type").asText("message")) {
            case "message" ->
                builder.message(item.path("role").asText(), NativeRequestBuilder.text(item.path("content")));
            case "function_call" -> builder.message("assistant", "").putArray("tool_calls").addObject()
                .put("id", item.path("call_id").asText()).putObject("function").put("name", item.path("name").asText())
                .set("arguments", arguments(item.path("arguments").asText("{}")));
            case "function_call_output" -> builder.message("tool", item.path("output").asText())
                .put("tool_call_id", item.path("call_id").asText());
            default -> { }
        }
    }

    private static JsonNode arguments(String text) {
        try {
            return GoJson.MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw OllamaError.UNREADABLE_ARGUMENTS.with(malformed.getOriginalMessage());
        }
    }
}
