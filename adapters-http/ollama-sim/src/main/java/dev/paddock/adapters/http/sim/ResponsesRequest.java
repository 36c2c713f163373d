package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.RequestFields;

/** Translates a request of the Responses dialect into a native chat; each call stands alone. */
final class ResponsesRequest {
    private ResponsesRequest() {
    }

    static RequestFields chat(RequestFields request) {
        ObjectNode target = GoJson.object()
            .put("model", request.text("model"))
            .put("stream", request.flag("stream").orElse(false));
        ArrayNode messages = target.putArray("messages");
        String instructions = request.text("instructions");
        if (!instructions.isEmpty()) {
            messages.addObject().put("role", "system").put("content", instructions);
        }
        input(request.raw("input"), messages);
        options(request, target.putObject("options"));
        JsonNode format = request.raw("text").path("format");
        if ("json_schema".equals(format.path("type").asText())) {
            target.set("format", format.path("schema"));
        }
        OpenAiRequest.think(target, request.raw("reasoning").path("effort").asText());
        for (JsonNode tool : request.list("tools", "openai.ResponsesTool")) {
            if ("function".equals(tool.path("type").asText())) {
                target.withArray("tools").addObject().put("type", "function").set("function", tool);
            }
        }
        return new RequestFields(target, "ChatRequest");
    }

    private static void options(RequestFields request, ObjectNode options) {
        if (request.has("max_output_tokens")) {
            options.set("num_predict", request.raw("max_output_tokens"));
        }
        if (request.has("top_p")) {
            options.set("top_p", request.raw("top_p"));
        }
        if (request.has("temperature")) {
            options.set("temperature", request.raw("temperature"));
        } else {
            options.put("temperature", 1.0);
        }
    }

    private static void input(JsonNode input, ArrayNode messages) {
        if (input.isTextual()) {
            messages.addObject().put("role", "user").put("content", input.textValue());
            return;
        }
        for (JsonNode item : input) {
            switch (item.path("type").asText("message")) {
                case "message" -> messages.addObject().put("role", item.path("role").asText())
                    .put("content", content(item.path("content")));
                case "function_call" -> call(item, messages.addObject());
                case "function_call_output" -> messages.addObject().put("role", "tool")
                    .put("content", item.path("output").asText())
                    .put("tool_call_id", item.path("call_id").asText());
                default -> { }
            }
        }
    }

    private static String content(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }

    private static void call(JsonNode item, ObjectNode message) {
        ObjectNode call = message.put("role", "assistant").put("content", "").putArray("tool_calls").addObject()
            .put("id", item.path("call_id").asText());
        try {
            call.putObject("function").put("name", item.path("name").asText())
                .set("arguments", GoJson.MAPPER.readTree(item.path("arguments").asText("{}")));
        } catch (JsonProcessingException malformed) {
            throw new ApiException(400, "failed to parse function call arguments: " + malformed.getOriginalMessage());
        }
    }
}
