package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation, or the piece of it that one chunk of a stream carries.
 *
 * @param role the speaker
 * @param content the text, may be empty
 * @param thinking the reasoning that a thinking model shows, or null when there is none
 * @param images images that go with the text
 * @param toolCalls what the model asks the caller to run
 * @param toolResult of which tool this is the result, or null when it is none
 */
public record Message(
        Role role,
        String content,
        @Nullable String thinking,
        List<Image> images,
        List<ToolCall> toolCalls,
        @Nullable ToolResult toolResult) {

    public Message {
        requireNonNull(role, "role");
        requireNonNull(content, "content");
        images = List.copyOf(images);
        toolCalls = List.copyOf(toolCalls);
    }

    /** Returns a message that sets the scene. */
    public static Message system(String content) {
        return plain(Role.SYSTEM, content);
    }

    /** Returns a message of the user. */
    public static Message user(String content) {
        return plain(Role.USER, content);
    }

    /** Returns an earlier answer of the model. */
    public static Message assistant(String content) {
        return plain(Role.ASSISTANT, content);
    }

    /** Returns the result of a tool call. */
    public static Message tool(ToolCall call, String content) {
        return new Message(
                Role.TOOL, content, null, List.of(), List.of(), new ToolResult(call.name(), call.id()));
    }

    /** Returns this message with the given images. */
    public Message withImages(List<Image> newImages) {
        return new Message(role, content, thinking, newImages, toolCalls, toolResult);
    }

    /** Returns this message with the given tool calls. */
    public Message withToolCalls(List<ToolCall> newToolCalls) {
        return new Message(role, content, thinking, images, newToolCalls, toolResult);
    }

    /** Returns this message with the given reasoning. */
    public Message withThinking(@Nullable String newThinking) {
        return new Message(role, content, newThinking, images, toolCalls, toolResult);
    }

    /** Returns the role and sizes only: what people say is not shown. */
    @Override
    public String toString() {
        return role.label() + " message of " + content.length() + " characters";
    }

    private static Message plain(Role role, String content) {
        return new Message(role, content, null, List.of(), List.of(), null);
    }

    /**
     * The tool whose result a message is.
     *
     * @param toolName the name of the tool
     * @param callId the server's name for the call, or null where it gave none
     */
    public record ToolResult(String toolName, @Nullable String callId) {}
}
