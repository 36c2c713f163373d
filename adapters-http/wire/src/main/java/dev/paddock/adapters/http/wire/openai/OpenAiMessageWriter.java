package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Tool;
import dev.paddock.domain.model.generation.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes turns of a conversation and the tools on offer. Arguments of tool calls are JSON in a text here. */
final class OpenAiMessageWriter {

    private OpenAiMessageWriter() {}

    static void writeMessage(JsonWriter json, Message message) throws IOException {
        json.text("role", message.role().label());
        if (message.images().isEmpty()) {
            json.text("content", message.content());
        } else {
            json.objects("content", parts(message), OpenAiMessageWriter::writePart);
        }
        json.text("reasoning", message.thinking());
        if (!message.toolCalls().isEmpty()) {
            json.objects("tool_calls", message.toolCalls(), OpenAiMessageWriter::writeToolCall);
        }
        Message.ToolResult result = message.toolResult();
        if (result != null) {
            json.text("name", result.toolName());
            json.text("tool_call_id", callId(result.callId(), result.toolName()));
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
        json.text("id", callId(call.id(), call.name()));
        json.text("type", "function");
        json.object("function", function -> {
            function.text("name", call.name());
            function.text("arguments", PlainJson.toText(JsonRequests.completeArguments(call)));
        });
    }

    /** This dialect ties a result to its call by an id, so that a call without one gets the same at both places. */
    private static String callId(@Nullable String id, String toolName) {
        return id == null ? "call_" + toolName : id;
    }

    private static List<ContentPart> parts(Message message) {
        List<ContentPart> parts = new ArrayList<>();
        if (!message.content().isEmpty()) {
            parts.add(new ContentPart(message.content(), false));
        }
        message.images().forEach(image -> parts.add(new ContentPart(imageUrl(image), true)));
        return parts;
    }

    private static void writePart(JsonWriter json, ContentPart part) throws IOException {
        if (part.isImage()) {
            json.text("type", "image_url");
            json.object("image_url", url -> url.text("url", part.value()));
        } else {
            json.text("type", "text");
            json.text("text", part.value());
        }
    }

    /** Returns a URL that contains an image, whose type the first bytes tell. */
    private static String imageUrl(Image image) {
        return "data:" + imageType(image.base64()) + ";base64," + image.base64();
    }

    /** Ollama accepts an empty type for any image. */
    private static String imageType(String base64) {
        if (base64.startsWith("iVBORw0KGgo")) {
            return "image/png";
        }
        if (base64.startsWith("/9j/")) {
            return "image/jpeg";
        }
        return base64.startsWith("UklGR") ? "image/webp" : "";
    }

    /** A part of a content: a text, or the URL of an image. */
    private record ContentPart(String value, boolean isImage) {}
}
