package dev.paddock.e2e.reuse;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.ports.reuse.EmbeddingSourcePort;

/** A model in this process, as the optional module provides one: its vectors are equal for texts with the same long words. */
public final class WordEmbeddings implements EmbeddingSourcePort {

    @Override
    public TextVector embed(String text, CallContext context) {
        double[] values = SemanticCacheGatewayIT.vector(text);
        float[] vector = new float[values.length];
        for (int index = 0; index < vector.length; index++) {
            vector[index] = (float) values[index];
        }
        return new TextVector("words", Embedding.wrap(vector));
    }
}
