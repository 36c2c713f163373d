package dev.paddock.bridges;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Collects what LangChain4j reports of a streamed answer; thread-safe. */
final class StreamedChat implements StreamingChatResponseHandler {

    final Queue<String> pieces = new ConcurrentLinkedQueue<>();
    final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    final CountDownLatch cancelled = new CountDownLatch(1);
    private final boolean cancelsAtFirst;

    StreamedChat(boolean cancelsAtFirst) {
        this.cancelsAtFirst = cancelsAtFirst;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        pieces.add(piece.text());
        if (cancelsAtFirst) {
            context.streamingHandle().cancel();
            cancelled.countDown();
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        whole.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }
}
