package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The messages of a chat request, checked as Ollama binds them: content is a string, images are base64, the arguments
 * of tool calls are objects.
 *
 * @param texts role and content of each message
 */
record ChatMessages(List<String> texts, boolean endWithToolResult) {
    ChatMessages {
        texts = List.copyOf(texts);
    }

    static ChatMessages read(RequestFields request) {
        List<String> texts = new ArrayList<>();
        boolean toolResult = false;
        for (JsonNode element : request.list("messages", "api.Message")) {
            if (!(element instanceof ObjectNode object)) {
                throw request.mismatch("messages", element, "api.Message");
            }
            RequestFields message = new RequestFields(object, "ChatRequest.messages");
            String role = message.text("role").toLowerCase(Locale.ROOT);
            texts.add(role + ": " + message.text("content"));
            Images.validate(message);
            requireArgumentObjects(message);
            toolResult = "tool".equals(role);
        }
        return new ChatMessages(texts, toolResult);
    }

    private static void requireArgumentObjects(RequestFields message) {
        for (JsonNode call : message.list("tool_calls", "api.ToolCall")) {
            JsonNode arguments = call.path("function").path("arguments");
            if (!arguments.isMissingNode() && !arguments.isNull() && !arguments.isObject()) {
                throw message.mismatch("tool_calls.function.arguments", arguments, "api.ToolCallFunctionArguments");
            }
        }
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    String prompt() {
        return String.join("\n", texts);
    }
}
