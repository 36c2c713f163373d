package dev.paddock.adapters.http.wire;

import dev.paddock.domain.exchange.ExchangeRequest;

/**
 * Translates requests that make a model write, and the answers. Stateless and thread-safe.
 *
 * @param <Q> the request
 * @param <C> a chunk of a streamed answer
 * @param <A> the answer
 */
public interface GenerationCodec<Q, C, A> {

    /**
     * Returns the request as it is sent.
     *
     * @param stream whether the answer is to be streamed
     * @throws dev.paddock.domain.error.InvalidRequestException if this dialect cannot express it
     */
    ExchangeRequest encode(Q request, boolean stream);

    /** Returns a decoder at the start of a streamed answer. */
    ChunkDecoder<C> chunkDecoder();

    /**
     * Reads an answer that came as a whole.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if it is not such an answer
     * @throws dev.paddock.domain.error.TruncatedResponseException if it says itself that it is not complete
     * @throws dev.paddock.domain.error.GenerationFailedException if it is an error with the status of a success
     */
    A decode(byte[] body);
}
