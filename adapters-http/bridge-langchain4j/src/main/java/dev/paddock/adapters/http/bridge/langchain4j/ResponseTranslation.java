package dev.paddock.adapters.http.bridge.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes LangChain4j's answers of Paddock's. */
final class ResponseTranslation {

    private ResponseTranslation() {}

    static ChatResponse of(dev.paddock.domain.model.generation.ChatResponse answer) {
        return of(
                answer.model(),
                answer.text(),
                answer.message().thinking(),
                answer.message().toolCalls(),
                answer.completion());
    }

    static ChatResponse of(
            String model, String text, @Nullable String thinking, List<ToolCall> toolCalls, @Nullable Completion completion) {
        AiMessage message = AiMessage.builder()
                .text(text.isEmpty() && !toolCalls.isEmpty() ? null : text)
                .thinking(thinking == null || thinking.isEmpty() ? null : thinking)
                .toolExecutionRequests(toolCalls.stream().map(ResponseTranslation::toolCall).toList())
                .build();
        ChatResponse.Builder response = ChatResponse.builder().aiMessage(message).modelName(model);
        if (completion != null) {
            response.tokenUsage(usage(completion.usage())).finishReason(reason(completion, toolCalls));
        }
        return response.build();
    }

    static ToolExecutionRequest toolCall(ToolCall call) {
        String incomplete = call.incompleteArguments();
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(incomplete == null ? PlainJson.toText(call.arguments()) : incomplete)
                .build();
    }

    static dev.langchain4j.model.output.TokenUsage usage(TokenUsage usage) {
        return new dev.langchain4j.model.output.TokenUsage(usage.prompt(), usage.completion());
    }

    private static FinishReason reason(Completion completion, List<ToolCall> toolCalls) {
        if (!toolCalls.isEmpty()) {
            return FinishReason.TOOL_EXECUTION;
        }
        if (completion.isCut()) {
            return FinishReason.LENGTH;
        }
        return switch (completion.reason().toLowerCase(Locale.ROOT)) {
            case "stop" -> FinishReason.STOP;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }
}
