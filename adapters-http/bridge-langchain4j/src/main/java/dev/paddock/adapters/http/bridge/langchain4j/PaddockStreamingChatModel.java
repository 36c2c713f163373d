package dev.paddock.adapters.http.bridge.langchain4j;

import static dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils.onCompleteResponse;
import static dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils.onCompleteToolCall;
import static dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils.onPartialResponse;
import static dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils.onPartialThinking;
import static dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils.withLoggingExceptions;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;
import java.util.Set;

/**
 * LangChain4j's streaming chat model over {@link LlmPort}. Each answer is read in a virtual thread of its own; cancelling its handle stops
 * the model on the server, and nothing is reported afterwards. What a handler throws is reported to it, and the answer goes on. Thread-safe.
 */
final class PaddockStreamingChatModel implements StreamingChatModel {

    private final LlmPort llm;
    private final ChatRequestParameters defaults;
    private final List<ChatModelListener> listeners;

    PaddockStreamingChatModel(LlmPort llm, ChatRequestParameters defaults, List<ChatModelListener> listeners) {
        this.llm = llm;
        this.defaults = defaults;
        this.listeners = listeners;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Thread.ofVirtual().name("paddock-langchain4j-chat").start(() -> read(request, handler));
    }

    private void read(ChatRequest request, StreamingChatResponseHandler handler) {
        CancellationHandle handle = new CancellationHandle(Cancellation.create());
        CallContext context = CallContext.create().withCancellation(handle.cancellation());
        StreamedAnswer answer = new StreamedAnswer();
        try (ResponseStream<ChatChunk> stream = llm.chatStream(RequestTranslation.of(request), context)) {
            while (!handle.isCancelled() && stream.hasNext()) {
                ChatChunk chunk = stream.next();
                answer.add(chunk);
                report(chunk, handler, handle);
            }
            reportEnd(answer, handler, handle);
        } catch (LlmException failure) {
            reportFailure(LangChain4jFailures.of(failure), handler, handle);
        } catch (RuntimeException failure) {
            reportFailure(failure, handler, handle);
        }
    }

    private static void report(ChatChunk chunk, StreamingChatResponseHandler handler, StreamingHandle handle) {
        String thinking = chunk.message().thinking();
        if (thinking != null && !thinking.isEmpty() && !handle.isCancelled()) {
            onPartialThinking(handler, thinking, handle);
        }
        if (!chunk.text().isEmpty() && !handle.isCancelled()) {
            onPartialResponse(handler, chunk.text(), handle);
        }
    }

    private static void reportEnd(StreamedAnswer answer, StreamingChatResponseHandler handler, StreamingHandle handle) {
        for (CompleteToolCall call : answer.completeToolCalls()) {
            if (!handle.isCancelled()) {
                onCompleteToolCall(handler, call);
            }
        }
        if (!handle.isCancelled()) {
            onCompleteResponse(handler, answer.whole());
        }
    }

    private static void reportFailure(RuntimeException failure, StreamingChatResponseHandler handler, StreamingHandle handle) {
        if (!handle.isCancelled()) {
            withLoggingExceptions(() -> handler.onError(failure));
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaults;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    private record CancellationHandle(Cancellation cancellation) implements StreamingHandle {

        @Override
        public void cancel() {
            cancellation.cancel();
        }

        @Override
        public boolean isCancelled() {
            return cancellation.isCancelled();
        }
    }
}
