package dev.paddock.domain.reuse;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;

/**
 * Determines which requests are equal and may have the same answer. The result does not depend on earlier requests. Implementations are
 * thread-safe, and never throw.
 */
@FunctionalInterface
public interface ReuseClassifier {

    /**
     * Examines a request.
     *
     * @param request the request
     * @param context its call, whose extra headers may change the answer
     */
    RequestReuse classify(ExchangeRequest request, CallContext context);
}
