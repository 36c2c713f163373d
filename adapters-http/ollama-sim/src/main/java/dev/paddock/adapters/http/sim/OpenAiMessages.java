package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the messages of the OpenAI dialect into native ones: every part of a content becomes its own message. */
final class OpenAiMessages {
    private static final Pattern DATA_URL =
        Pattern.compile("data:(image/(jpeg|jpg|png|webp))?;base64,(.*)", Pattern.DOTALL);

    private final ArrayNode translated = GoJson.array();

    private OpenAiMessages() {
    }

    static ArrayNode translate(RequestFields request) {
        OpenAiMessages messages = new OpenAiMessages();
        for (JsonNode element : request.list("messages", "openai.Message")) {
            if (!(element instanceof ObjectNode message)) {
                throw request.mismatch("messages", element, "openai.Message");
            }
            messages.add(new RequestFields(message, "ChatCompletionRequest.messages"));
        }
        if (messages.translated.isEmpty()) {
            throw new ApiException(400, "[] is too short - 'messages'");
        }
        return messages.translated;
    }

    private void add(RequestFields message) {
        JsonNode content = message.raw("content");
        if (content.isTextual()) {
            withToolCalls(start(message).put("content", content.textValue()), message);
        } else if (content.isArray()) {
            content.forEach(part -> part(message, part));
        } else if (message.has("tool_calls") && content.isMissingNode()) {
            withToolCalls(start(message), message);
        } else {
            throw new ApiException(400, "invalid message content type: " + RequestFields.kind(content));
        }
    }

    private ObjectNode start(RequestFields message) {
        ObjectNode target = translated.addObject().put("role", message.text("role"));
        if (message.has("tool_call_id")) {
            target.put("tool_call_id", message.text("tool_call_id"));
        }
        if (message.has("reasoning")) {
            target.put("thinking", message.text("reasoning"));
        }
        return target;
    }

    private static void withToolCalls(ObjectNode target, RequestFields message) {
        for (JsonNode call : message.list("tool_calls", "openai.ToolCall")) {
            ObjectNode copy = call.deepCopy();
            if (copy.path("function") instanceof ObjectNode function) {
                function.set("arguments", arguments(function.path("arguments").asText()));
            }
            target.withArray("tool_calls").add(copy);
        }
    }

    private static JsonNode arguments(String text) {
        try {
            JsonNode arguments = GoJson.MAPPER.readTree(text);
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JsonProcessingException malformed) {
            throw new ApiException(400, "invalid tool call arguments");
        }
        throw new ApiException(400, "invalid tool call arguments");
    }

    private void part(RequestFields message, JsonNode part) {
        switch (part.path("type").asText()) {
            case "text" -> start(message).put("content", part.path("text").asText());
            case "image_url" -> {
                JsonNode url = part.path("image_url");
                String image = image(url.isTextual() ? url.textValue() : url.path("url").asText());
                start(message).put("content", "").putArray("images").add(image);
            }
            case "input_audio" -> start(message).put("content", "").putArray("images")
                .add(part.path("input_audio").path("data").asText());
            default -> throw new ApiException(400, "invalid message format");
        }
    }

    private static String image(String url) {
        if (url.startsWith("http://") || url.startsWith("https://")) {
            throw new ApiException(400,
                "image URLs are not currently supported, please use base64 encoded data instead");
        }
        Matcher data = DATA_URL.matcher(url);
        if (!data.matches()) {
            throw new ApiException(400, "invalid image input");
        }
        return data.group(3);
    }
}
