package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.StoredAnswer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The order to record the answer to a request, as an attribute of its call.
 *
 * @param request the request; the answer to another request of the same call is not recorded
 * @param key the key under which the answer is stored
 * @param kind why it may be used again
 * @param shape the form that the request asks for
 * @param version the version of the model when the request was sent
 * @param examinedAtUse whether it is enough to examine the answer when it is used for the first time: it replaces no other, and has no
 *     listener
 * @param listener receives the answer after it was stored; returns at once
 */
record Recording(
        ExchangeRequest request,
        AnswerKey key,
        ReuseKind kind,
        AnswerShape shape,
        ModelVersion version,
        boolean examinedAtUse,
        Consumer<StoredAnswer> listener) {

    private static final CallContext.Key<Recording> KEY = CallContext.Key.named("recording");

    Recording withListener(Consumer<StoredAnswer> newListener) {
        return new Recording(request, key, kind, shape, version, false, newListener);
    }

    CallContext in(CallContext context) {
        return context.with(KEY, this);
    }

    /** Returns the order for a request, or null when there is none. */
    @SuppressWarnings("ReferenceEquality") // an order is for one request, not for equal ones
    static @Nullable Recording of(ExchangeRequest request, CallContext context) {
        Recording recording = context.get(KEY);
        return recording != null && recording.request == request ? recording : null;
    }

    /** Returns whether an answer that another call stores meanwhile is what a caller wants. */
    static boolean allowsOthers(CallContext context) {
        CacheControl control = context.get(CallAttributes.CACHE_CONTROL);
        return control == null || control.equals(CacheControl.DEFAULT);
    }
}
