package dev.paddock.adapters.http.bridge.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;

/** LangChain4j's embedding model over {@link LlmPort}. Thread-safe. */
public final class PaddockEmbeddingModel implements EmbeddingModel {

    private final LlmPort llm;
    private final String model;

    /** Creates the embedding model with the given name. */
    public PaddockEmbeddingModel(LlmPort llm, String model) {
        this.llm = requireNonNull(llm, "llm");
        this.model = requireNonNull(model, "model");
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        if (segments.isEmpty()) {
            return Response.from(List.of());
        }
        try {
            EmbedResponse answer =
                    llm.embed(EmbedRequest.of(model, segments.stream().map(TextSegment::text).toArray(String[]::new)));
            List<Embedding> vectors =
                    answer.embeddings().stream().map(vector -> Embedding.from(vector.vector())).toList();
            return Response.from(vectors, ResponseTranslation.usage(answer.usage()));
        } catch (LlmException failure) {
            throw LangChain4jFailures.of(failure);
        }
    }

    @Override
    public String modelName() {
        return model;
    }
}
