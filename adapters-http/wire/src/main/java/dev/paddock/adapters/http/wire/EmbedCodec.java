package dev.paddock.adapters.http.wire;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;

/** Translates requests to embed texts, and the vectors that come back. Stateless and thread-safe. */
public interface EmbedCodec {

    /**
     * Returns the request as it is sent.
     *
     * @throws dev.paddock.domain.error.InvalidRequestException if this dialect cannot express it
     */
    ExchangeRequest encode(EmbedRequest request);

    /**
     * Reads a whole answer. The array is not changed.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if it is not such an answer
     */
    EmbedResponse decode(byte[] body);
}
