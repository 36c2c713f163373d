package dev.paddock.adapters.http.bridge.langchain4j;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
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
 * the model on the server, and nothing is reported afterwards. Thread-safe.
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
            while (stream.hasNext()) {
                ChatChunk chunk = stream.next();
                answer.add(chunk);
                report(chunk, handler, handle);
            }
            reportEnd(answer, handler);
        } catch (LlmException failure) {
            if (!handle.isCancelled()) {
                handler.onError(LangChain4jFailures.of(failure));
            }
        } catch (RuntimeException failure) {
            handler.onError(failure);
        }
    }

    private static void report(ChatChunk chunk, StreamingChatResponseHandler handler, StreamingHandle handle) {
        String thinking = chunk.message().thinking();
        if (thinking != null && !thinking.isEmpty()) {
            handler.onPartialThinking(new PartialThinking(thinking), new PartialThinkingContext(handle));
        }
        if (!chunk.text().isEmpty()) {
            handler.onPartialResponse(new PartialResponse(chunk.text()), new PartialResponseContext(handle));
        }
    }

    private static void reportEnd(StreamedAnswer answer, StreamingChatResponseHandler handler) {
        List<CompleteToolCall> calls = answer.completeToolCalls();
        calls.forEach(handler::onCompleteToolCall);
        handler.onCompleteResponse(answer.whole());
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
