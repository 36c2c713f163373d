package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.ClassifiedRequest;
import dev.paddock.domain.reuse.PreparedCall;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.RequestReuse.Reusable;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.StoredAnswer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules by which a call finds its stored answer. Thread-safe. */
final class AnswerLookup {

    private final AnswerCache cache;

    AnswerLookup(AnswerCache cache) {
        this.cache = cache;
    }

    /** Returns whether the cache looks at a request at all. */
    static boolean concerns(ExchangeRequest request) {
        OperationClass operation = request.operation().operationClass();
        return operation == OperationClass.GENERATE || operation == OperationClass.EMBED;
    }

    /** Returns what the caller decides about stored answers. */
    static CacheControl control(CallContext context) {
        return Objects.requireNonNullElse(context.get(CallAttributes.CACHE_CONTROL), CacheControl.DEFAULT);
    }

    /** Returns why a request that could be reused is not served by the cache, or null when it is. */
    @Nullable BypassReason bypassReason(CacheControl control, Reusable reusable) {
        if (control.noStore()) {
            return BypassReason.NO_STORE;
        }
        if (!reusable.kind().isStorable()) {
            return BypassReason.LOAD;
        }
        return reusable.kind() == ReuseKind.SAMPLED && !cache.settings().sampledToo() ? BypassReason.SAMPLED : null;
    }

    /** Returns the key of the answer to a request for a version of its model. */
    AnswerKey key(CallContext context, String model, ModelVersion version, Reusable reusable) {
        return new AnswerKey(cache.settings().tenancy().tenantOf(context), model, version.text(), reusable.fingerprint());
    }

    /** Returns whether a caller accepts an answer of this age. */
    boolean allows(CacheControl control, StoredAnswer stored) {
        return control.allowsAge(stored.age(cache.clock().instant()));
    }

    /** See {@link dev.paddock.ports.reuse.AnswerCachePort#prepare}. */
    PreparedCall prepare(ExchangeRequest request, CallContext context) {
        if (!concerns(request) || !cache.tuning().isEnabled()) {
            return PreparedCall.waiting(context);
        }
        RequestReuse reuse = ClassifiedRequest.of(request, context, cache.classifier());
        CallContext classified = new ClassifiedRequest(request, reuse).in(context);
        StoredAnswer stored = reuse instanceof Reusable reusable ? inMemory(request, context, reusable) : null;
        return stored == null
                ? PreparedCall.waiting(classified)
                : new PreparedCall(new FoundAnswer(request, stored).in(classified), true, stored.answer().length());
    }

    /** Returns a stored answer in the form that the request asks for, if it is known without waiting that the caller gets it. */
    private @Nullable StoredAnswer inMemory(ExchangeRequest request, CallContext context, Reusable reusable) {
        CacheControl control = control(context);
        String model = request.model();
        ModelVersion version = control.noCache() || bypassReason(control, reusable) != null || model == null
                ? null
                : cache.versions().knownOf(model, context);
        StoredAnswer stored = version == null || model == null ? null : cache.findInMemory(key(context, model, version, reusable));
        return stored != null && stored.shape() == reusable.shape() && allows(control, stored) ? stored : null;
    }

    /**
     * The stored answer that was found for a call before it is made, as an attribute of the call.
     *
     * @param request the request; the answer is for this instance only
     * @param stored the answer, in the form that the request asks for
     */
    record FoundAnswer(ExchangeRequest request, StoredAnswer stored) {

        private static final CallContext.Key<FoundAnswer> KEY = CallContext.Key.named("found answer");

        CallContext in(CallContext context) {
            return context.with(KEY, this);
        }

        /** Returns the answer that was found for a request, or null when none was. */
        @SuppressWarnings("ReferenceEquality") // a decorator may send another request within the same call
        static @Nullable StoredAnswer of(ExchangeRequest request, CallContext context) {
            FoundAnswer found = context.get(KEY);
            return found != null && found.request == request ? found.stored : null;
        }
    }
}
