package dev.paddock.adapters.http.localembeddings;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.ports.reuse.EmbeddingSourcePort;

/**
 * Makes vectors with 384 values by the model all-MiniLM-L6-v2 (quantised), in the calling thread. The model is for English. The first call loads it, which takes more than a
 * second and about 185 MB. Thread-safe.
 */
public final class LocalEmbeddingSource implements EmbeddingSourcePort {

    private static final String SPACE = "all-minilm-l6-v2-q in process";

    @Override
    public TextVector embed(String text, CallContext context) {
        try {
            return new TextVector(SPACE, Embedding.wrap(LoadedModel.INSTANCE.embed(text).content().vector()));
        } catch (RuntimeException unfit) {
            throw new InvalidRequestException("the model in this process cannot embed the text", ErrorFacts.NONE, unfit);
        }
    }

    /** Loads the model when it is used for the first time. */
    private static final class LoadedModel {

        static final AllMiniLmL6V2QuantizedEmbeddingModel INSTANCE = new AllMiniLmL6V2QuantizedEmbeddingModel();
    }
}
