package dev.paddock.domain.reuse;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;

/**
 * A request and the result of its examination, as an attribute of its call, so that it is examined only once.
 *
 * @param request the request; the result is for this instance only
 * @param reuse whether its answer may serve other requests
 */
public record ClassifiedRequest(ExchangeRequest request, RequestReuse reuse) {

    private static final CallContext.Key<ClassifiedRequest> KEY = CallContext.Key.named("classified request");

    public ClassifiedRequest {
        requireNonNull(request, "request");
        requireNonNull(reuse, "reuse");
    }

    /** Returns the context with this result in it. */
    public CallContext in(CallContext context) {
        return context.with(KEY, this);
    }

    /** Returns the result that the context has for a request; examines the request if it has none. */
    @SuppressWarnings("ReferenceEquality") // a decorator may send another request within the same call
    public static RequestReuse of(ExchangeRequest request, CallContext context, ReuseClassifier classifier) {
        ClassifiedRequest known = context.get(KEY);
        return known != null && known.request == request ? known.reuse : classifier.classify(request, context);
    }
}
