package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.CatalogCodec;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.ollama.OllamaAnswerClassifier;
import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;

/**
 * OpenAI's dialect as Ollama, vLLM and the server of llama.cpp speak it. Immutable and thread-safe.
 *
 * <p>Settings that it cannot express (keep-alive, context length, templates, the calls about loaded models) are refused with an
 * {@link dev.paddock.domain.error.InvalidRequestException}; dropping it in silence would give another answer than asked
 * for. Options with names that it does not know are passed on, because servers have many of their own.
 */
public final class OpenAiDialect implements Dialect {

    /** Creates the dialect. */
    public OpenAiDialect() {}

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public GenerationCodec<ChatRequest, ChatChunk, ChatResponse> chat() {
        return OpenAiChatCodec.INSTANCE;
    }

    @Override
    public GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> generate() {
        return OpenAiCompletionCodec.INSTANCE;
    }

    @Override
    public EmbedCodec embed() {
        return OpenAiEmbedCodec.INSTANCE;
    }

    @Override
    public CatalogCodec catalog() {
        return OpenAiCatalogCodec.INSTANCE;
    }

    @Override
    public AnswerClassifier answers() {
        return OllamaAnswerClassifier.INSTANCE; // it knows the errors of other servers, too
    }
}
