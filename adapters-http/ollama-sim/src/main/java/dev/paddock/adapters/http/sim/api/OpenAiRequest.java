package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates requests of the OpenAI API into native ones, with what Ollama honours and no more. */
final class OpenAiRequest {
    private static final Pattern DATA_URL =
        Pattern.compile("data:(image/(jpeg|jpg|png|webp))?;base64,(.*)", Pattern.DOTALL);

    private OpenAiRequest() {
    }

    static RequestFields chat(RequestFields request) {
        NativeRequestBuilder builder = NativeRequestBuilder.of("openai", request);
        stops(request, builder);
        List<RequestFields> messages = request.objects("messages", "openai.Message");
        if (messages.isEmpty()) {
            throw OllamaError.MESSAGES_TOO_SHORT.with();
        }
        messages.forEach(message -> message(builder, message));
        ObjectNode target = builder.target();
        JsonNode format = request.raw("response_format");
        switch (format.path("type").asText()) {
            case "json_object" -> target.put("format", "json");
            case "json_schema" -> target.set("format", format.path("json_schema").path("schema"));
            default -> { }
        }
        String effort = request.text("reasoning_effort");
        builder.think(effort.isEmpty() ? request.raw("reasoning").path("effort").asText() : effort);
        return new RequestFields(target, "ChatRequest");
    }

    static RequestFields completion(RequestFields request) {
        NativeRequestBuilder builder = NativeRequestBuilder.of("openai", request);
        stops(request, builder);
        return new RequestFields(builder.target(), "GenerateRequest");
    }

    private static void stops(RequestFields request, NativeRequestBuilder builder) {
        JsonNode stop = request.raw("stop");
        if (stop.isTextual()) {
            builder.target().withObject("/options").putArray("stop").add(stop.textValue());
        } else if (stop.isArray()) {
            builder.target().withObject("/options").set("stop", stop);
        }
    }

    /** Every part of a content becomes a message of its own. */
    private static void message(NativeRequestBuilder builder, RequestFields message) {
        JsonNode content = message.raw("content");
        if (content.isArray()) {
            content.forEach(part -> part(start(builder, message), part));
        } else if (content.isTextual() || (message.has("tool_calls") && content.isMissingNode())) {
            ObjectNode target = start(builder, message).put("content", content.asText());
            for (JsonNode call : message.list("tool_calls", "openai.ToolCall")) {
                ObjectNode copy = call.deepCopy();
                if (copy.path("function") instanceof ObjectNode function) {
                    function.set("arguments", arguments(function.path("arguments").asText()));
                }
                target.withArray("tool_calls").add(copy);
            }
        } else {
            throw OllamaError.WRONG_CONTENT.with(RequestFields.kind(content));
        }
    }

    private static ObjectNode start(NativeRequestBuilder builder, RequestFields message) {
        ObjectNode target = builder.message(message.text("role"), "");
        if (message.has("tool_call_id")) {
            target.put("tool_call_id", message.text("tool_call_id"));
        }
        if (message.has("reasoning")) {
            target.put("thinking", message.text("reasoning"));
        }
        return target;
    }

    private static JsonNode arguments(String text) {
        JsonNode arguments = MissingNode.getInstance();
        try {
            arguments = GoJson.MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            // It is no object then, which is refused below.
        }
        if (!arguments.isObject()) {
            throw OllamaError.WRONG_ARGUMENTS.with();
        }
        return arguments;
    }

    private static void part(ObjectNode target, JsonNode part) {
        switch (part.path("type").asText()) {
            case "text" -> target.put("content", part.path("text").asText());
            case "image_url" -> {
                JsonNode url = part.path("image_url");
                target.putArray("images").add(image(url.isTextual() ? url.textValue() : url.path("url").asText()));
            }
            case "input_audio" -> target.putArray("images").add(part.path("input_audio").path("data").asText());
            default -> throw OllamaError.WRONG_PART.with();
        }
    }

    private static String image(String url) {
        if (url.startsWith("http://") || url.startsWith("https://")) {
            throw OllamaError.IMAGE_URL.with();
        }
        Matcher data = DATA_URL.matcher(url);
        if (!data.matches()) {
            throw OllamaError.WRONG_IMAGE.with();
        }
        return data.group(3);
    }
}
