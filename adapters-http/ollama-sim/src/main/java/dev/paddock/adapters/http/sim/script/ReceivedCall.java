package dev.paddock.adapters.http.sim.script;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.recording.RecordedRequest.HeaderField;
import java.util.List;
import java.util.Optional;

/**
 * A call of a model, in the same terms for every API. Immutable.
 *
 * @param kind what the model shall do
 * @param path the path of the request, such as {@code /api/chat}; empty when there was no request
 * @param model the model as the caller wrote it; may be empty
 * @param streamed whether the answer shall come piece by piece
 * @param messages the messages of a conversation, the system text and the prompt of a completion, or the texts to embed
 * @param tools the names of the tools that the model may call
 * @param headers as they came
 */
public record ReceivedCall(
        Kind kind, String path, String model, boolean streamed, List<ReceivedMessage> messages, List<String> tools,
        List<HeaderField> headers) {
    /** What a model is asked to do. */
    public enum Kind {
        /** The next turn of a conversation. */
        CHAT,
        /** The completion of a prompt. */
        COMPLETION,
        /** Vectors of texts. */
        EMBEDDING
    }

    public ReceivedCall {
        requireNonNull(kind, "kind");
        requireNonNull(path, "path");
        requireNonNull(model, "model");
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        headers = List.copyOf(headers);
    }

    /** The texts of all messages, in order. */
    public List<String> texts() {
        return messages.stream().map(ReceivedMessage::text).toList();
    }

    /** The text of the last message; empty when there is none. */
    public String lastText() {
        return messages.isEmpty() ? "" : messages.getLast().text();
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(HeaderField::value).findFirst();
    }
}
