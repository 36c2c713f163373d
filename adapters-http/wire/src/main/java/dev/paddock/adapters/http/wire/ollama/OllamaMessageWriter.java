package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Tool;
import dev.paddock.domain.model.generation.ToolCall;
import java.io.IOException;
import java.util.List;

/** Writes turns of a conversation and the tools on offer. Arguments of tool calls are objects here, not texts. */
final class OllamaMessageWriter {

    private OllamaMessageWriter() {}

    static void writeMessage(JsonWriter json, Message message) throws IOException {
        json.text("role", message.role().label());
        json.text("content", message.content());
        json.text("thinking", message.thinking());
        writeImages(json, message.images());
        if (!message.toolCalls().isEmpty()) {
            json.objects("tool_calls", message.toolCalls(), OllamaMessageWriter::writeToolCall);
        }
        Message.ToolResult result = message.toolResult();
        if (result != null) {
            json.text("tool_name", result.toolName());
            json.text("tool_call_id", result.callId());
        }
    }

    static void writeImages(JsonWriter json, List<Image> images) throws IOException {
        if (!images.isEmpty()) {
            json.texts("images", images.stream().map(Image::base64).toList());
        }
    }

    static void writeTool(JsonWriter json, Tool tool) throws IOException {
        json.text("type", "function");
        json.object("function", function -> {
            function.text("name", tool.name());
            function.text("description", tool.description());
            function.plain("parameters", tool.parameters());
        });
    }

    private static void writeToolCall(JsonWriter json, ToolCall call) throws IOException {
        json.text("id", call.id());
        json.object("function", function -> {
            function.text("name", call.name());
            function.plain("arguments", JsonRequests.completeArguments(call));
        });
    }
}
