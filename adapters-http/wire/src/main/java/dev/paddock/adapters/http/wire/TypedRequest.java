package dev.paddock.adapters.http.wire;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.ExchangeRequest;
import java.util.function.Function;

/**
 * A request to a server, and the decoder of its answer.
 *
 * @param request the request
 * @param decoder reads the whole body of the answer; throws {@link dev.paddock.domain.error.MalformedResponseException} if it cannot be
 *     decoded
 * @param <A> the answer
 */
public record TypedRequest<A>(ExchangeRequest request, Function<byte[], A> decoder) {

    public TypedRequest {
        requireNonNull(request, "request");
        requireNonNull(decoder, "decoder");
    }
}
