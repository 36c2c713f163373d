package dev.paddock.adapters.http.sim.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.adapters.http.sim.script.ReceivedCall.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the call of a model from a request of any API. Not thread-safe; made for each request. */
public final class CallReader {
    private final RecordedRequest request;
    private final ObjectNode body;
    private final List<ReceivedMessage> messages = new ArrayList<>();
    private final Map<String, String> toolNames = new HashMap<>();

    private CallReader(RecordedRequest request, ObjectNode body) {
        this.request = request;
        this.body = body;
    }

    /** The call of a model, or null for another request, for a broken one, and for one that only loads a model. */
    public static @Nullable ReceivedCall read(RecordedRequest request, byte[] bytes) {
        try {
            boolean isPost = "POST".equals(request.method());
            return isPost && GoJson.MAPPER.readTree(bytes) instanceof ObjectNode body ? new CallReader(request, body).call() : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    private @Nullable ReceivedCall call() {
        return switch (request.path()) {
            case "/api/chat" -> chat(true);
            case "/v1/chat/completions", "/v1/messages" -> chat(false);
            case "/v1/responses" -> responses();
            case "/api/generate" -> completion(true);
            case "/v1/completions" -> completion(false);
            case "/api/embed", "/v1/embeddings" -> embedding(body.path("input"));
            case "/api/embeddings" -> embedding(body.path("prompt"));
            default -> null;
        };
    }

    private @Nullable ReceivedCall chat(boolean streamedByDefault) {
        addText("system", body.path("system"));
        body.path("messages").forEach(this::addMessage);
        return received(Kind.CHAT, streamedByDefault);
    }

    private @Nullable ReceivedCall responses() {
        addText("system", body.path("instructions"));
        JsonNode input = body.path("input");
        addText("user", input.isTextual() ? input : null);
        for (JsonNode item : input) {
            switch (item.path("type").asText("message")) {
                case "message" -> addMessage(item);
                case "function_call" -> toolNames.put(item.path("call_id").asText(), item.path("name").asText());
                case "function_call_output" -> addResult(item.path("call_id").asText(), text(item.path("output")));
                default -> { }
            }
        }
        return received(Kind.CHAT, false);
    }

    private @Nullable ReceivedCall completion(boolean streamedByDefault) {
        if (text(body.path("prompt")).isEmpty()) {
            return null;
        }
        addText("system", body.path("system"));
        addText("user", body.path("prompt"));
        return received(Kind.COMPLETION, streamedByDefault);
    }

    private @Nullable ReceivedCall embedding(JsonNode input) {
        if (input.isArray()) {
            input.forEach(text -> messages.add(new ReceivedMessage("input", text.asText())));
        } else {
            addText("input", input);
        }
        return received(Kind.EMBEDDING, false);
    }

    private @Nullable ReceivedCall received(Kind kind, boolean streamedByDefault) {
        if (messages.isEmpty()) {
            return null;
        }
        List<String> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            tools.add(tool.path("function").path("name").asText(tool.path("name").asText()));
        }
        boolean streamed = kind != Kind.EMBEDDING && body.path("stream").asBoolean(streamedByDefault);
        return new ReceivedCall(kind, request.path(), body.path("model").asText(), streamed, messages, tools, request.headers());
    }

    private void addText(String role, @Nullable JsonNode content) {
        if (content != null && !text(content).isEmpty()) {
            messages.add(new ReceivedMessage(role, text(content)));
        }
    }

    private void addMessage(JsonNode message) {
        message.path("tool_calls").forEach(
            call -> toolNames.put(call.path("id").asText(), call.path("function").path("name").asText()));
        String role = message.path("role").asText();
        JsonNode content = message.path("content");
        if ("tool".equals(role)) {
            String id = message.path("tool_call_id").asText();
            toolNames.putIfAbsent(id, message.path("tool_name").asText(id));
            addResult(id, text(content));
            return;
        }
        boolean onlyResults = false;
        for (JsonNode block : content) {
            switch (block.path("type").asText()) {
                case "tool_use" -> toolNames.put(block.path("id").asText(), block.path("name").asText());
                case "tool_result" -> {
                    onlyResults = true;
                    addResult(block.path("tool_use_id").asText(), text(block.path("content")));
                }
                default -> { }
            }
        }
        if (!onlyResults || !text(content).isEmpty()) {
            messages.add(new ReceivedMessage(role, text(content)));
        }
    }

    private void addResult(String id, String text) {
        messages.add(new ReceivedMessage("tool", text, toolNames.getOrDefault(id, id)));
    }

    /** The text of a content that is a string or a list of parts. */
    private static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.asText());
        content.forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }
}
