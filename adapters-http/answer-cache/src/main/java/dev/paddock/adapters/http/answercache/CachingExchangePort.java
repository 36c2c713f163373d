package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.answercache.AnswerLookup.FoundAnswer;
import dev.paddock.adapters.http.wire.reuse.AnswerForms;
import dev.paddock.domain.error.AnswerNotCachedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.ClassifiedRequest;
import dev.paddock.domain.reuse.RecordedAnswer;
import dev.paddock.domain.reuse.RequestReuse.NotReusable;
import dev.paddock.domain.reuse.RequestReuse.Reusable;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers from the cache; orders the recording of other answers. Thread-safe. */
final class CachingExchangePort implements ExchangePort, AutoCloseable {

    private final ExchangePort delegate;
    private final AnswerCache cache;
    private final AnswerLookup lookup;
    private final ModelResidency residency;

    CachingExchangePort(ExchangePort delegate, AnswerCache cache) {
        this.delegate = delegate;
        this.cache = cache;
        this.lookup = cache.rules();
        this.residency = new ModelResidency(delegate, cache.ticker());
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        if (!AnswerLookup.concerns(request)) {
            return delegate.open(request, context);
        }
        Exchange found = found(request, context);
        if (found != null) {
            return found;
        }
        CacheControl control = AnswerLookup.control(context);
        if (!cache.tuning().isEnabled()) {
            return bypass(request, context, control, BypassReason.SWITCHED_OFF);
        }
        RequestReuse reuse = ClassifiedRequest.of(request, context, cache.classifier());
        return switch (reuse) {
            case NotReusable(BypassReason reason) -> bypass(request, new ClassifiedRequest(request, reuse).in(context), control, reason);
            case Reusable reusable -> answer(request, context, control, reusable);
        };
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        if (!AnswerLookup.concerns(request)) {
            delegate.begin(request, context, end);
        } else if (FoundAnswer.of(request, context) != null) {
            end.accept(Settled.by(() -> open(request, context)));
        } else {
            ExchangePort.super.begin(request, context, end); // the list of models, or another process, may have to be waited for
        }
    }

    /** Returns the answer that was found before the call was made, or null when there is none. */
    private @Nullable Exchange found(ExchangeRequest request, CallContext context) {
        StoredAnswer found = FoundAnswer.of(request, context);
        return found != null && ClassifiedRequest.of(request, context, cache.classifier()) instanceof Reusable reusable
                ? hit(request, context, reusable, found, found.answer())
                : null;
    }

    @Override
    public void close() {
        residency.close();
    }

    private Exchange answer(ExchangeRequest request, CallContext context, CacheControl control, Reusable reusable) {
        BypassReason reason = lookup.bypassReason(control, reusable);
        String model = request.model();
        ModelVersion version = reason != null || model == null ? null : cache.versions().of(model, context);
        if (model == null || version == null) {
            BypassReason cause = reason == null ? BypassReason.MODEL_UNKNOWN : reason;
            return bypass(request, new ClassifiedRequest(request, reusable).in(context), control, cause);
        }
        AnswerKey key = lookup.key(context, model, version, reusable);
        StoredAnswer stored = control.noCache() ? null : cache.find(key);
        boolean isAllowed = stored != null && lookup.allows(control, stored);
        if (stored != null && isAllowed) {
            RecordedAnswer answer =
                    AnswerForms.inShape(request.target(), stored.answer(), stored.shape(), reusable.shape());
            if (answer != null) {
                return hit(request, context, reusable, stored, answer);
            }
        }
        requireServer(control);
        cache.counts().miss(request.operation());
        boolean isNew = stored == null && !control.noCache();
        Recording recording = new Recording(request, key, reusable.kind(), reusable.shape(), version, isNew, answer -> {});
        boolean byDirective = control.noCache() || (stored != null && !isAllowed);
        Exchange exchange = delegate.open(request, recording.in(new ClassifiedRequest(request, reusable).in(context)));
        boolean isSimilar = request.operation().operationClass() == OperationClass.GENERATE
                && exchange.head().provenance().source() == Provenance.Source.CACHE; // others are made of stored vectors
        if (!isSimilar) {
            return new LabelledExchange(exchange, CacheLabel.miss(byDirective));
        }
        if (reusable.keepsModel()) {
            residency.keep(request, context);
        }
        return exchange; // the stored answer to a similar question, with a label of its own
    }

    private Exchange bypass(ExchangeRequest request, CallContext context, CacheControl control, BypassReason reason) {
        requireServer(control);
        cache.counts().bypass(reason);
        return new LabelledExchange(delegate.open(request, context), CacheLabel.bypass(reason));
    }

    private static void requireServer(CacheControl control) {
        if (control.onlyIfCached()) {
            throw new AnswerNotCachedException("there is no stored answer, and the caller wants no other", ErrorFacts.NONE);
        }
    }

    private Exchange hit(
            ExchangeRequest request, CallContext context, Reusable reusable, StoredAnswer stored, RecordedAnswer answer) {
        cache.counts().hit(request.operation(), stored);
        if (reusable.keepsModel()) {
            residency.keep(request, context);
        }
        return cache.exchange(stored, answer, CacheLabel.hit(cache.timeLeft(stored)), context);
    }
}
