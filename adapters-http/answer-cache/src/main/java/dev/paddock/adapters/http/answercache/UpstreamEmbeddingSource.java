package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes vectors from an embedding model of the server whose answers are stored. A vector that another call has got already, such as the search
 * in documents for the same question, is taken from the stored answers.
 *
 * @param port the calls to the server
 * @param codec the API of embeddings
 * @param model the embedding model
 * @param answers the stored answers, with the versions of the server's models, so that vectors of two versions never meet
 */
record UpstreamEmbeddingSource(ExchangePort port, EmbedCodec codec, String model, AnswerCache answers) implements EmbeddingSourcePort {

    @Override
    public TextVector embed(String text, CallContext context) {
        ModelVersion version = answers.versions().of(model, context);
        if (version == null) {
            throw new ModelNotFoundException(model, "the server does not list the embedding model " + model, ErrorFacts.NONE);
        }
        ExchangeRequest request = codec.encode(EmbedRequest.of(model, text));
        byte[] stored = stored(request, version, context);
        List<Embedding> embeddings = stored == null ? embedded(request, context) : codec.decode(stored).embeddings();
        if (embeddings.size() != 1 || !answers.versions().isCurrent(version)) {
            throw new MalformedResponseException("the embedding model " + model + " gave no vector", ErrorFacts.NONE);
        }
        return new TextVector(model + " " + version.text(), embeddings.getFirst());
    }

    private byte @Nullable [] stored(ExchangeRequest request, ModelVersion version, CallContext context) {
        if (!(answers.classifier().classify(request, context) instanceof RequestReuse.Reusable reusable)) {
            return null;
        }
        StoredAnswer stored = answers.findInMemory(answers.rules().key(context, model, version, reusable));
        return stored == null || !stored.shape().equals(reusable.shape()) ? null : stored.answer().body();
    }

    private List<Embedding> embedded(ExchangeRequest request, CallContext context) {
        try (Exchange exchange = port.open(request, context)) {
            byte[] body = DigestList.body(exchange);
            return exchange.head().isSuccess() ? codec.decode(body).embeddings() : List.of();
        }
    }
}
