package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.CatalogCodec;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;

/** Ollama's own dialect. It can express everything that the domain can. Immutable and thread-safe. */
public final class OllamaDialect implements Dialect {

    /** Creates the dialect. */
    public OllamaDialect() {}

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public GenerationCodec<ChatRequest, ChatChunk, ChatResponse> chat() {
        return OllamaChatCodec.INSTANCE;
    }

    @Override
    public GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> generate() {
        return OllamaGenerateCodec.INSTANCE;
    }

    @Override
    public EmbedCodec embed() {
        return OllamaEmbedCodec.INSTANCE;
    }

    @Override
    public CatalogCodec catalog() {
        return OllamaCatalogCodec.INSTANCE;
    }

    @Override
    public AnswerClassifier answers() {
        return OllamaAnswerClassifier.INSTANCE;
    }
}
