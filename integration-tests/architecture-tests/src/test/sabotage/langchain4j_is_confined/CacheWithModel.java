package dev.paddock.adapters.http.answercache;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

/** SABOTAGE: a model of its own in the cache. */
final class CacheWithModel {

    Object newModel() {
        return new AllMiniLmL6V2QuantizedEmbeddingModel();
    }
}
