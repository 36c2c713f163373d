package dev.paddock.adapters.http.wire;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.ExchangeRequest;
import java.util.function.Function;

/**
 * A question to a server and the way to read its answer.
 *
 * @param request the question
 * @param decoder reads the whole body of the answer; throws {@link dev.paddock.domain.error.MalformedResponseException}
 *     if it is
 *     none
 * @param <A> the answer
 */
public record Query<A>(ExchangeRequest request, Function<byte[], A> decoder) {

    public Query {
        requireNonNull(request, "request");
        requireNonNull(decoder, "decoder");
    }
}
