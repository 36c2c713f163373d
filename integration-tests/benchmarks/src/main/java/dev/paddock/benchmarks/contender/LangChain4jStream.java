package dev.paddock.benchmarks.contender;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;

/** Collects what arrives on whatever thread, while the caller waits. */
final class LangChain4jStream implements StreamingChatResponseHandler {

    private final StreamCollector collector = new StreamCollector();
    private final CompletableFuture<StreamResult> answer = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String piece) {
        collector.add(piece);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        collector.end(response.tokenUsage().outputTokenCount());
        answer.complete(collector.answer());
    }

    @Override
    public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    StreamResult await() {
        return answer.join();
    }
}
