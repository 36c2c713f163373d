package dev.paddock.ports.llm;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;

/**
 * Sends requests to models. Calls block the calling thread, which may be a virtual one.
 *
 * <p>Every method throws an {@link dev.paddock.domain.error.LlmException} when there is no complete answer: one that ends
 * without its terminal frame is a failure. The methods without a context have no deadline and cannot be cancelled from
 * outside. Implementations and decorators are thread-safe.
 */
public interface LlmPort {

    /** Returns the next turn of a conversation. */
    ChatResponse chat(ChatRequest request, CallContext context);

    /**
     * Returns the next turn of a conversation piece by piece.
     *
     * @return the stream, to be closed by the caller; its first piece has not necessarily arrived
     */
    ResponseStream<ChatChunk> chatStream(ChatRequest request, CallContext context);

    /** Returns the completion of a prompt. */
    GenerateResponse generate(GenerateRequest request, CallContext context);

    /**
     * Returns the completion of a prompt piece by piece.
     *
     * @return the stream, to be closed by the caller; its first piece has not necessarily arrived
     */
    ResponseStream<GenerateChunk> generateStream(GenerateRequest request, CallContext context);

    /** Returns one vector for each text, in the order of the texts. */
    EmbedResponse embed(EmbedRequest request, CallContext context);

    /** Returns the next turn of a conversation. */
    default ChatResponse chat(ChatRequest request) {
        return chat(request, CallContext.create());
    }

    /** Returns the next turn of a conversation piece by piece. */
    default ResponseStream<ChatChunk> chatStream(ChatRequest request) {
        return chatStream(request, CallContext.create());
    }

    /** Returns the completion of a prompt. */
    default GenerateResponse generate(GenerateRequest request) {
        return generate(request, CallContext.create());
    }

    /** Returns the completion of a prompt piece by piece. */
    default ResponseStream<GenerateChunk> generateStream(GenerateRequest request) {
        return generateStream(request, CallContext.create());
    }

    /** Returns one vector for each text, in the order of the texts. */
    default EmbedResponse embed(EmbedRequest request) {
        return embed(request, CallContext.create());
    }
}
