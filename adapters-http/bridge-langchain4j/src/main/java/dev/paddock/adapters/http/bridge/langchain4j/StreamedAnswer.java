package dev.paddock.adapters.http.bridge.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of a streamed answer together. Used by one thread. */
final class StreamedAnswer {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private String model = "";
    private @Nullable Completion completion;

    void add(ChatChunk chunk) {
        model = chunk.model();
        text.append(chunk.text());
        if (chunk.message().thinking() != null) {
            thinking.append(chunk.message().thinking());
        }
        toolCalls.addAll(chunk.message().toolCalls());
        if (chunk.completion() != null) {
            completion = chunk.completion();
        }
    }

    List<CompleteToolCall> completeToolCalls() {
        return IntStream.range(0, toolCalls.size())
                .mapToObj(index -> new CompleteToolCall(index, ResponseTranslation.toolCall(toolCalls.get(index))))
                .toList();
    }

    ChatResponse whole() {
        return ResponseTranslation.of(model, text.toString(), thinking.toString(), toolCalls, completion);
    }
}
