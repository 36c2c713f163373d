package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.List;

/**
 * Takes vectors from an embedding model of the server whose answers are stored.
 *
 * @param port the calls to the server
 * @param codec the API of embeddings
 * @param model the embedding model
 * @param versions the versions of the server's models, so that vectors of two versions never meet
 */
record UpstreamEmbeddingSource(ExchangePort port, EmbedCodec codec, String model, ModelVersions versions) implements EmbeddingSourcePort {

    @Override
    public TextVector embed(String text, CallContext context) {
        ModelVersion version = versions.of(model, context);
        if (version == null) {
            throw new ModelNotFoundException(model, "the server does not list the embedding model " + model, ErrorFacts.NONE);
        }
        try (Exchange exchange = port.open(codec.encode(EmbedRequest.of(model, text)), context)) {
            byte[] body = DigestList.body(exchange);
            List<Embedding> embeddings = exchange.head().isSuccess() ? codec.decode(body).embeddings() : List.of();
            if (embeddings.size() != 1 || !versions.isCurrent(version)) {
                throw new MalformedResponseException("the embedding model " + model + " gave no vector", ErrorFacts.NONE);
            }
            return new TextVector(model + " " + version.text(), embeddings.getFirst());
        }
    }
}
