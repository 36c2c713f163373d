package dev.paddock.bootstrap.cli.generation;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.LocalFiles;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.ToolCall;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A conversation in a file: one JSON object with the model, the system prompt, the options, and the messages. Images are not kept. */
final class ConversationFile {

    private ConversationFile() {}

    /** Writes a conversation, in place of a file of that name. */
    static void save(ChatConversation conversation, Path file) {
        LocalFiles.requireWritable(file);
        LocalFiles.write(file, new JsonObjectBuilder()
                .put("model", conversation.model().value())
                .put("system", conversation.system())
                .put("options", conversation.options().values())
                .put("messages", conversation.turns().stream().map(ConversationFile::toJson).toList())
                .toJson() + "\n");
    }

    /**
     * Reads a file into a conversation, which changes only if the whole file can be read.
     *
     * @throws UsageException if it is no such file
     */
    static void load(ChatConversation conversation, Path file) {
        JsonObject saved = JsonObject.of(LocalFiles.json(file));
        String model = saved.text("model");
        List<Message> messages = saved.objects("messages").stream().map(message -> toMessage(message, file)).toList();
        if (model == null || !(saved.fields().get("messages") instanceof List<?>)) {
            throw new UsageException("the file " + file + " is no conversation: it has no model or no messages");
        }
        ModelOptions options = ModelOptions.NONE;
        for (Map.Entry<?, ?> option : saved.object("options").fields().entrySet()) {
            Object value = option.getValue();
            if (value != null) {
                options = options.with(String.valueOf(option.getKey()), value);
            }
        }
        String system = saved.text("system");
        conversation.setModel(new ModelName(model));
        conversation.setSystem(system == null ? "" : system);
        conversation.setOptions(options);
        conversation.replaceTurns(messages);
    }

    private static Map<String, Object> toJson(Message message) {
        Message.ToolResult result = message.toolResult();
        return new JsonObjectBuilder()
                .put("role", message.role().label())
                .put("content", message.content())
                .put("tool_calls", message.toolCalls().isEmpty() ? null : message.toolCalls().stream().map(ConversationFile::toJson).toList())
                .put("tool_name", result == null ? null : result.toolName())
                .put("tool_call_id", result == null ? null : result.callId())
                .toMap();
    }

    private static Map<String, Object> toJson(ToolCall call) {
        return new JsonObjectBuilder().put("id", call.id()).put("name", call.name()).put("arguments", call.arguments()).toMap();
    }

    private static Message toMessage(JsonObject saved, Path file) {
        @Nullable String role = saved.text("role");
        @Nullable String content = saved.text("content");
        @Nullable String tool = saved.text("tool_name");
        if (content != null && "user".equals(role)) {
            return Message.user(content);
        }
        if (content != null && "assistant".equals(role)) {
            return Message.assistant(content).withToolCalls(
                    saved.objects("tool_calls").stream().map(call -> toToolCall(call, file)).toList());
        }
        if (content != null && tool != null && "tool".equals(role)) {
            return Message.tool(new ToolCall(saved.text("tool_call_id"), tool, Map.of()), content);
        }
        throw new UsageException("the file " + file + " is no conversation: " + PlainJson.toText(role) + " is no role in it");
    }

    private static ToolCall toToolCall(JsonObject saved, Path file) {
        String name = saved.text("name");
        if (name == null) {
            throw new UsageException("the file " + file + " is no conversation: a call of a tool has no name");
        }
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        saved.object("arguments").fields().forEach((key, value) -> arguments.put(String.valueOf(key), value));
        return new ToolCall(saved.text("id"), name, arguments);
    }
}
