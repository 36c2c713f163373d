package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.format.Templates;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The native request that a request of another API means, with what Ollama honours and no more.
 *
 * @param target the native request so far
 */
record TranslatedRequest(ObjectNode target) {
    private static final Templates TEMPLATES = new Templates(TranslatedRequest.class, "requests.json");
    private static final Pattern DATA_URL =
        Pattern.compile("data:(image/(jpeg|jpg|png|webp))?;base64,(.*)", Pattern.DOTALL);

    /** Begins with everything that is only named differently. */
    private static TranslatedRequest of(String api, RequestFields source) {
        boolean unused = source.flag("stream", false); // refused here, so that the message names the other API's type
        return new TranslatedRequest(TEMPLATES.fill(api, source.node()));
    }

    /** A native chat from {@code /v1/chat/completions}. */
    static RequestFields chatCompletion(RequestFields request) {
        TranslatedRequest translated = of("openai", request);
        translated.stops(request);
        List<RequestFields> messages = request.objects("messages", "openai.Message");
        require(!messages.isEmpty(), OllamaError.MESSAGES_TOO_SHORT);
        messages.forEach(translated::openAiMessage);
        JsonNode format = request.raw("response_format");
        switch (format.path("type").asText()) {
            case "json_object" -> translated.target.put("format", "json");
            case "json_schema" -> translated.target.set("format", format.path("json_schema").path("schema"));
            default -> { }
        }
        String effort = request.text("reasoning_effort");
        translated.think(effort.isEmpty() ? request.raw("reasoning").path("effort").asText() : effort);
        return new RequestFields(translated.target, "ChatRequest");
    }

    /** A native request to generate from {@code /v1/completions}. */
    static RequestFields completion(RequestFields request) {
        TranslatedRequest translated = of("openai", request);
        translated.stops(request);
        return new RequestFields(translated.target, "GenerateRequest");
    }

    /** A native chat from {@code /v1/responses}; each call stands alone. */
    static RequestFields responses(RequestFields request) {
        TranslatedRequest translated = of("responses", request);
        if (!request.text("instructions").isEmpty()) {
            translated.message("system", request.text("instructions"));
        }
        JsonNode input = request.raw("input");
        if (input.isTextual()) {
            translated.message("user", input.textValue());
        }
        input.forEach(translated::responsesItem);
        JsonNode format = request.raw("text").path("format");
        if ("json_schema".equals(format.path("type").asText())) {
            translated.target.set("format", format.path("schema"));
        }
        translated.think(request.raw("reasoning").path("effort").asText());
        for (JsonNode tool : request.list("tools", "openai.ResponsesTool")) {
            if ("function".equals(tool.path("type").asText())) {
                translated.tool("responses", tool);
            }
        }
        return new RequestFields(translated.target, "ChatRequest");
    }

    /**
     * A native chat from {@code /v1/messages}.
     *
     * @param thinker whether the model can think; otherwise the request to think is ignored, not refused
     */
    static RequestFields messages(RequestFields request, boolean thinker) {
        List<JsonNode> messages = request.list("messages", "anthropic.MessageParam");
        require(!request.text("model").isEmpty(), OllamaError.MODEL_REQUIRED);
        require(request.integer("max_tokens") > 0, OllamaError.MAX_TOKENS_REQUIRED);
        require(!messages.isEmpty(), OllamaError.MESSAGES_REQUIRED);
        TranslatedRequest translated = of("anthropic", request);
        if (request.has("system")) {
            translated.message("system", text(request.raw("system")));
        }
        messages.forEach(translated::anthropicMessage);
        String thinking = request.raw("thinking").path("type").asText();
        if (thinker && !thinking.isEmpty()) {
            translated.target.put("think", "enabled".equals(thinking));
        }
        request.list("tools", "anthropic.Tool").forEach(tool -> translated.tool("anthropic", tool));
        return new RequestFields(translated.target, "ChatRequest");
    }

    private static void require(boolean condition, OllamaError error) {
        if (!condition) {
            throw error.with();
        }
    }

    private ObjectNode message(String role, String content) {
        return target.withArray("messages").addObject().put("role", role).put("content", content);
    }

    private void tool(String api, JsonNode tool) {
        target.withArray("tools").add(TEMPLATES.fill(api + " tool", tool));
    }

    /** Translates OpenAI's reasoning effort. */
    private void think(String effort) {
        switch (effort) {
            case "" -> { }
            case "none" -> target.put("think", false);
            case "minimal", "low" -> target.put("think", "low");
            case "medium", "high", "max" -> target.put("think", effort);
            case "xhigh", "ultra" -> target.put("think", "max");
            default -> throw OllamaError.WRONG_EFFORT.with(effort);
        }
    }

    private void stops(RequestFields request) {
        JsonNode stop = request.raw("stop");
        if (stop.isTextual()) {
            target.withObject("/options").putArray("stop").add(stop.textValue());
        } else if (stop.isArray()) {
            target.withObject("/options").set("stop", stop);
        }
    }

    /** The text of a content that is a string or a list of blocks. */
    private static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.asText());
        content.forEach(block -> text.append(block.path("text").asText()));
        return text.toString();
    }

    /** Every part of a content becomes a message of its own. */
    private void openAiMessage(RequestFields message) {
        JsonNode content = message.raw("content");
        if (content.isArray()) {
            content.forEach(part -> openAiPart(openAiStart(message), part));
        } else if (content.isTextual() || (message.has("tool_calls") && content.isMissingNode())) {
            ObjectNode started = openAiStart(message).put("content", content.asText());
            for (JsonNode call : message.list("tool_calls", "openai.ToolCall")) {
                ObjectNode copy = call.deepCopy();
                if (copy.path("function") instanceof ObjectNode function) {
                    function.set("arguments", openAiArguments(function.path("arguments").asText()));
                }
                started.withArray("tool_calls").add(copy);
            }
        } else {
            throw OllamaError.WRONG_CONTENT.with(RequestFields.kind(content));
        }
    }

    private ObjectNode openAiStart(RequestFields message) {
        ObjectNode started = message(message.text("role"), "");
        if (message.has("tool_call_id")) {
            started.put("tool_call_id", message.text("tool_call_id"));
        }
        if (message.has("reasoning")) {
            started.put("thinking", message.text("reasoning"));
        }
        return started;
    }

    private static JsonNode openAiArguments(String text) {
        JsonNode arguments = MissingNode.getInstance();
        try {
            arguments = GoJson.MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            // It is no object then, which is refused below.
        }
        require(arguments.isObject(), OllamaError.WRONG_ARGUMENTS);
        return arguments;
    }

    private static void openAiPart(ObjectNode started, JsonNode part) {
        switch (part.path("type").asText()) {
            case "text" -> started.put("content", part.path("text").asText());
            case "image_url" -> {
                JsonNode url = part.path("image_url");
                started.putArray("images").add(image(url.isTextual() ? url.textValue() : url.path("url").asText()));
            }
            case "input_audio" -> started.putArray("images").add(part.path("input_audio").path("data").asText());
            default -> throw OllamaError.WRONG_PART.with();
        }
    }

    private static String image(String url) {
        require(!url.startsWith("http://") && !url.startsWith("https://"), OllamaError.IMAGE_URL);
        Matcher data = DATA_URL.matcher(url);
        require(data.matches(), OllamaError.WRONG_IMAGE);
        return data.group(3);
    }

    private void responsesItem(JsonNode item) {
        switch (item.path("type").asText("message")) {
            case "message" -> message(item.path("role").asText(), text(item.path("content")));
            case "function_call" -> message("assistant", "").putArray("tool_calls").addObject()
                .put("id", item.path("call_id").asText()).putObject("function").put("name", item.path("name").asText())
                .set("arguments", responsesArguments(item.path("arguments").asText("{}")));
            case "function_call_output" -> message("tool", item.path("output").asText())
                .put("tool_call_id", item.path("call_id").asText());
            default -> { }
        }
    }

    private static JsonNode responsesArguments(String text) {
        try {
            return GoJson.MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw OllamaError.UNREADABLE_ARGUMENTS.with(malformed.getOriginalMessage());
        }
    }

    private void anthropicMessage(JsonNode message) {
        String role = message.path("role").asText();
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            message(role, content.textValue());
        }
        for (JsonNode block : content) {
            switch (block.path("type").asText()) {
                case "text" -> message(role, block.path("text").asText());
                case "image" -> message(role, "").putArray("images").add(block.path("source").path("data").asText());
                case "tool_result" -> message("tool", text(block.path("content")))
                    .put("tool_call_id", block.path("tool_use_id").asText());
                default -> { }
            }
        }
    }
}
