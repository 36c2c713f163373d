package dev.paddock.adapters.http.answercache;

import static java.util.Objects.requireNonNull;

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
import dev.paddock.domain.exchange.WaitingThread;
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
import java.util.function.UnaryOperator;
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
        return switch (requireNonNull(decide(request, context, true), "decision")) {
            case Stored(Exchange answer) -> answer;
            case Sent sent -> sent.label().apply(delegate.open(request, sent.context()));
        };
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        if (!AnswerLookup.concerns(request)) {
            delegate.begin(request, context, end);
        } else if (FoundAnswer.of(request, context) != null) {
            end.accept(Settled.by(() -> open(request, context)));
        } else {
            Settled.begin(end, () -> beginUnknown(request, context, end));
        }
    }

    private void beginUnknown(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        switch (decide(request, context, WaitingThread.isCurrent())) {
            case null -> ExchangePort.super.begin(request, context, end);
            case Stored(Exchange answer) -> end.accept(Settled.by(() -> answer));
            case Sent sent ->
                delegate.begin(request, sent.context(), opened -> end.accept(Settled.by(() -> sent.label().apply(opened.get()))));
        }
    }

    /**
     * Returns where the answer comes from, or null when that cannot be known without waiting: for the list of models, for another process, or for a
     * stored answer that is to be converted.
     */
    private @Nullable Decision decide(ExchangeRequest request, CallContext context, boolean mayWait) {
        CacheControl control = AnswerLookup.control(context);
        if (!cache.tuning().isEnabled()) {
            return bypass(context, control, BypassReason.SWITCHED_OFF);
        }
        RequestReuse reuse = ClassifiedRequest.of(request, context, cache.classifier());
        CallContext classified = new ClassifiedRequest(request, reuse).in(context);
        return switch (reuse) {
            case NotReusable(BypassReason reason) -> bypass(classified, control, reason);
            case Reusable reusable -> decide(request, classified, control, reusable, mayWait);
        };
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

    private @Nullable Decision decide(
            ExchangeRequest request, CallContext context, CacheControl control, Reusable reusable, boolean mayWait) {
        BypassReason reason = lookup.bypassReason(control, reusable);
        String model = request.model();
        if (reason != null || model == null) {
            return bypass(context, control, reason == null ? BypassReason.MODEL_UNKNOWN : reason);
        }
        if (!mayWait && !cache.isInMemory()) {
            return null;
        }
        ModelVersion version = mayWait ? cache.versions().of(model, context) : cache.versions().knownOf(model, context);
        if (version == null) {
            return mayWait ? bypass(context, control, BypassReason.MODEL_UNKNOWN) : null;
        }
        AnswerKey key = lookup.key(context, model, version, reusable);
        StoredAnswer stored = control.noCache() ? null : cache.find(key);
        boolean isAllowed = stored != null && lookup.allows(control, stored);
        if (stored != null && isAllowed) {
            if (!mayWait && stored.shape() != reusable.shape()) {
                return null;
            }
            RecordedAnswer answer =
                    AnswerForms.inShape(request.target(), stored.answer(), stored.shape(), reusable.shape());
            if (answer != null) {
                return new Stored(hit(request, context, reusable, stored, answer));
            }
        }
        requireServer(control);
        cache.counts().miss(request.operation());
        boolean isNew = stored == null && !control.noCache();
        Recording recording = new Recording(request, key, reusable.kind(), reusable.shape(), version, isNew, answer -> {});
        boolean byDirective = control.noCache() || (stored != null && !isAllowed);
        return new Sent(recording.in(context), opened -> labelled(opened, request, context, reusable, CacheLabel.miss(byDirective)));
    }

    private Exchange labelled(
            Exchange opened, ExchangeRequest request, CallContext context, Reusable reusable, CacheLabel label) {
        boolean isSimilar = request.operation().operationClass() == OperationClass.GENERATE
                && opened.head().provenance().source() == Provenance.Source.CACHE; // others are made of stored vectors
        if (!isSimilar) {
            return new LabelledExchange(opened, label);
        }
        if (reusable.keepsModel()) {
            residency.keep(request, context);
        }
        return opened; // the stored answer to a similar question, with a label of its own
    }

    private Sent bypass(CallContext context, CacheControl control, BypassReason reason) {
        requireServer(control);
        cache.counts().bypass(reason);
        return new Sent(context, opened -> new LabelledExchange(opened, CacheLabel.bypass(reason)));
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

    /** Where the answer to a request comes from. */
    private sealed interface Decision {}

    /** The stored answer. */
    private record Stored(Exchange answer) implements Decision {}

    /** The server, which is asked with this context; its answer is labelled. */
    private record Sent(CallContext context, UnaryOperator<Exchange> label) implements Decision {}
}
