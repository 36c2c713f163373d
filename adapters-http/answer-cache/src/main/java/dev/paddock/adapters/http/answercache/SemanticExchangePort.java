package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.answercache.SemanticCounts.Comparison;
import dev.paddock.adapters.http.answercache.SemanticCounts.Lookup;
import dev.paddock.adapters.http.answercache.SemanticCounts.Occasion;
import dev.paddock.adapters.http.answercache.SemanticIndex.Candidate;
import dev.paddock.adapters.http.answercache.SemanticIndex.Scope;
import dev.paddock.adapters.http.wire.reuse.AnswerForms;
import dev.paddock.adapters.http.wire.reuse.QuestionReader;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.RecordedAnswer;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.domain.reuse.semantic.Question;
import dev.paddock.domain.reuse.semantic.SemanticMode;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.domain.reuse.semantic.UnitVector;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks for similar questions when the exact cache has no answer and the answer may be recorded. A caller waits for that only when
 * there is something to compare with, and then for a short time; in shadow mode never. Thread-safe.
 */
final class SemanticExchangePort implements ExchangePort, AutoCloseable {

    /** How long a comparison or an audit may take. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(10);

    private static final int CHECKS_AT_ONCE = 16;

    private final ExchangePort delegate;
    private final SemanticCache cache;
    private final Cancellation closing = Cancellation.create();
    private final Semaphore places = new Semaphore(CHECKS_AT_ONCE);

    SemanticExchangePort(ExchangePort delegate, SemanticCache cache) {
        this.delegate = delegate;
        this.cache = cache;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        Recording recording = Recording.of(request, context);
        if (recording == null) {
            return delegate.open(request, context);
        }
        Question question = QuestionReader.of(request, context);
        if (question == null || !cache.settings().matching().guard().admits(question.text())) {
            cache.counts().lookup(Lookup.SKIPPED);
            return delegate.open(request, context);
        }
        CacheControl control = Objects.requireNonNullElse(context.get(CallAttributes.CACHE_CONTROL), CacheControl.DEFAULT);
        Call call = new Call(request, context, control, recording, question);
        boolean mayServe = cache.mode() == SemanticMode.SERVE && !control.noCache();
        return mayServe ? openServing(call) : openLearning(call, Before.NOTHING);
    }

    @Override
    public void close() {
        closing.cancel();
    }

    private Exchange openServing(Call call) {
        if (!cache.index().hasOthers(call.rest(), call.recording.key())) {
            cache.counts().lookup(Lookup.NONE); // no vector could change that
            return openLearning(call, new Before(null, null, null, Occasion.EXPLORED));
        }
        FutureTask<@Nullable Located> locating = new FutureTask<>(() -> locate(call, call.context.withDeadline(latest(call))));
        Thread.ofVirtual().name("paddock-semantic-vector").start(locating);
        Located located;
        try {
            located = valueOf(locating, patience(call));
        } catch (TimeoutException late) {
            cache.counts().lookup(Lookup.LATE);
            return openLearning(call, new Before(null, locating, null, Occasion.EXPLORED));
        }
        if (located == null) {
            cache.counts().lookup(Lookup.FAILED);
            return delegate.open(call.request, call.context);
        }
        Candidate candidate = cache.find(located.scope, located.vector, call.question.text(), call.recording.key());
        Exchange served = candidate == null ? null : serve(call, candidate);
        if (served != null) {
            return served;
        }
        cache.counts().lookup(candidate == null ? Lookup.NONE : Lookup.EXPLORED);
        return openLearning(call, new Before(located, null, candidate, Occasion.EXPLORED));
    }

    /** Returns how long the caller waits for a look-up. */
    private Duration patience(Call call) {
        Deadline deadline = call.context.deadline();
        Duration patience = cache.settings().embedding().patience();
        return deadline == null || deadline.remaining().compareTo(patience) > 0 ? patience : deadline.remaining();
    }

    /** Returns until when a vector is of use for which the caller waits no longer. */
    private Deadline latest(Call call) {
        Deadline deadline = call.context.deadline();
        return deadline == null ? Deadline.after(LONGEST_CHECK, cache.answers().ticker()) : deadline;
    }

    private static @Nullable Located valueOf(Future<@Nullable Located> locating, Duration limit) throws TimeoutException {
        try {
            return locating.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // which ends the call as soon as it begins
            return null;
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    /** Returns the answer to a similar question, or null when it is gone, cannot be used for this request, or lacks evidence. */
    private @Nullable Exchange serve(Call call, Candidate candidate) {
        StoredAnswer stored = find(candidate);
        if (stored == null || !call.control.allowsAge(stored.age(cache.answers().clock().instant())) || !cache.mayServe(candidate)) {
            return null;
        }
        RecordedAnswer answer = AnswerForms.inShape(call.request.target(), stored.answer(), stored.shape(), call.recording.shape());
        if (answer == null) {
            return null;
        }
        cache.counts().lookup(Lookup.SERVED);
        cache.answers().counts().saved(call.request.operation(), stored);
        cache.index().touch(candidate.entry());
        if (cache.isAudited()) {
            inBackground(() -> audit(call, candidate), () -> cache.counts().compared(Occasion.AUDIT, Comparison.UNDECIDED));
        }
        Duration left = cache.answers().timeLeft(stored);
        return cache.answers().exchange(
                stored, answer, CacheLabel.similar(left, candidate.similarity(), candidate.entry().id()), call.context);
    }

    /** Lets the model answer, and learns from the answer. */
    private Exchange openLearning(Call call, Before before) {
        Runnable skipped = before.isLookedUp() ? () -> {} : () -> cache.counts().lookup(Lookup.SKIPPED);
        Recording recording = call.recording.withListener(answer -> inBackground(() -> learn(call, answer, before), skipped));
        return delegate.open(call.request, recording.in(call.context));
    }

    private void learn(Call call, StoredAnswer answer, Before before) {
        Located located = located(call, before);
        if (located == null) {
            if (!before.isLookedUp()) {
                cache.counts().lookup(Lookup.FAILED);
            }
            return;
        }
        cache.index().remove(answer.key()); // what is known about an earlier answer says nothing about this one
        Candidate candidate = before.located == null
                ? cache.find(located.scope, located.vector, call.question.text(), answer.key())
                : before.candidate;
        if (!before.isLookedUp()) {
            cache.counts().lookup(candidate == null ? Lookup.NONE : Lookup.SHADOW);
        }
        Comparison result = candidate == null ? null : compare(call, candidate, answer, before.occasion);
        boolean isNew = result == null || result == Comparison.DIFFERENT;
        if (isNew && AnswerForms.onlyText(call.request.target(), answer.answer()) != null) {
            cache.add(located.scope, located.vector, answer.key(), call.question.text());
        }
    }

    /** Returns where a question is in the index whose answer was recorded; a vector that was late for its caller is not made twice. */
    private @Nullable Located located(Call call, Before before) {
        if (before.located != null) {
            return before.located;
        }
        try {
            return before.late == null ? locate(call, background(call)) : valueOf(before.late, LONGEST_CHECK);
        } catch (TimeoutException lost) {
            return null;
        }
    }

    /** Asks the model what was answered without it. The exact cache stores the answer, too. */
    private void audit(Call call, Candidate candidate) {
        AtomicReference<@Nullable StoredAnswer> recorded = new AtomicReference<>();
        Recording recording = call.recording.withListener(recorded::set);
        try (Exchange exchange = delegate.open(call.request, recording.in(background(call)))) {
            while (exchange.next() != null) {
                // recorded on its way
            }
        } catch (LlmException failed) {
            recorded.set(null);
        }
        StoredAnswer answer = recorded.get();
        if (answer == null) {
            cache.counts().compared(Occasion.AUDIT, Comparison.UNDECIDED);
        } else {
            compare(call, candidate, answer, Occasion.AUDIT);
        }
    }

    /** Compares a stored answer with that of the model; returns null when it is gone. */
    private @Nullable Comparison compare(Call call, Candidate candidate, StoredAnswer answer, Occasion occasion) {
        StoredAnswer stored = find(candidate);
        if (stored == null) {
            return null;
        }
        String target = call.request.target();
        EmbeddingSourcePort source = cache.source(delegate);
        Comparison result = new AnswerComparison(source, cache.settings().evidence().sameAnswer())
                .compare(
                        AnswerForms.onlyText(target, stored.answer()),
                        AnswerForms.onlyText(target, answer.answer()),
                        background(call));
        cache.observe(candidate, occasion, result);
        return result;
    }

    /** Returns a stored answer, or null when it is gone; then its question goes, too. */
    private @Nullable StoredAnswer find(Candidate candidate) {
        StoredAnswer stored = cache.answers().find(candidate.entry().answer());
        if (stored == null) {
            cache.index().removeIf(entry -> entry == candidate.entry());
        }
        return stored;
    }

    /** Returns where the question is in the index, or null when it has no vector. */
    @SuppressWarnings("IllegalCatch") // a source of the application's own may fail in any way; the model answers then
    private @Nullable Located locate(Call call, CallContext context) {
        TextVector made;
        try {
            made = cache.source(delegate).embed(call.question.text(), context);
        } catch (RuntimeException | LinkageError noVector) { // also of a model in this process that cannot be loaded
            return null;
        }
        UnitVector vector = UnitVector.of(made.embedding().vector());
        if (vector == null) {
            return null;
        }
        return new Located(new Scope(call.rest(), made.space(), vector.dimensions()), vector);
    }

    private CallContext background(Call call) {
        return call.context
                .detached()
                .withCancellation(closing)
                .withDeadline(Deadline.after(LONGEST_CHECK, cache.answers().ticker()))
                .with(CallAttributes.PRIORITY, CallAttributes.Priority.BATCH);
    }

    /** Runs a check on a thread of its own, or the other action when there are too many checks. */
    private void inBackground(Runnable check, Runnable skipped) {
        if (closing.isCancelled() || !places.tryAcquire()) {
            skipped.run();
            return;
        }
        Thread.ofVirtual().name("paddock-semantic-cache").start(() -> {
            try {
                check.run();
            } finally {
                places.release();
            }
        });
    }

    /** A question and what its caller wants. */
    private record Call(
            ExchangeRequest request, CallContext context, CacheControl control, Recording recording, Question question) {

        /** Returns what must be equal besides the vectors. */
        AnswerKey rest() {
            AnswerKey key = recording.key();
            return new AnswerKey(key.tenant(), key.model(), key.version(), question.rest());
        }
    }

    /** A place in the index. */
    private record Located(Scope scope, UnitVector vector) {}

    /**
     * What is known of a question when the model is asked.
     *
     * @param located its place, or null
     * @param late its place when the vector is still being made, or null
     * @param candidate the similar question that was found at its place, or null
     * @param occasion why answers will be compared
     */
    private record Before(
            @Nullable Located located, @Nullable Future<@Nullable Located> late, @Nullable Candidate candidate, Occasion occasion) {

        static final Before NOTHING = new Before(null, null, null, Occasion.SHADOW);

        /** Returns whether the look-up has been counted. */
        boolean isLookedUp() {
            return occasion != Occasion.SHADOW;
        }
    }
}
