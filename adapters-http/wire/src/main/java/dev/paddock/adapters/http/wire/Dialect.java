package dev.paddock.adapters.http.wire;

import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;

/**
 * The API of a kind of model server: how requests are encoded, and what its answers mean. Implementations are
 * immutable and thread-safe.
 *
 * <p>Encoding throws {@link dev.paddock.domain.error.InvalidRequestException} for what the dialect cannot express.
 */
public interface Dialect {

    /** Returns the name of the dialect in lower case, for example {@code ollama}. */
    String name();

    /** Returns the codec of conversations. */
    GenerationCodec<ChatRequest, ChatChunk, ChatResponse> chat();

    /** Returns the codec of completions. */
    GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> generate();

    /** Returns the codec of embeddings. */
    EmbedCodec embed();

    /** Returns the codec of everything about the models themselves. */
    CatalogCodec catalog();

    /** Returns what determines the meaning of the server's answers. */
    AnswerClassifier answers();
}
