package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.adapters.http.answercache.embedding.ModelVersionSource.KnownVersion;
import dev.paddock.adapters.http.wire.embedding.EmbeddingInput;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.reuse.AnswerKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One caller's texts on the way to their vectors. Thread-safe. */
final class EmbeddingCall {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500); // then the wait is repeated

    private final EmbeddingInput input;
    private final CallContext context;
    private final @Nullable KnownVersion version;
    private final BooleanSupplier isStorable;
    private final Map<String, AnswerKey> keys;
    private final Set<String> toSend; // each text once, in order
    private final int characters;
    private final CountDownLatch end = new CountDownLatch(1); // of the vectors, of the call, or of the caller's interest
    private final Lock lock = new ReentrantLock();
    private final Map<String, StoredVector> vectors; // by text; this and all below are guarded by lock
    private final Set<String> open;
    private @Nullable ServerAnswer failure; // instead of vectors
    private @Nullable ExchangeHead head; // of the last answer with vectors
    private boolean shared; // whether a request had texts of other callers, too
    private boolean gone;
    private @Nullable Runnable onGone;

    /**
     * Creates a call.
     *
     * @param version the version of the model, or null if it is not known
     * @param isStorable whether no vectors were removed since the call began; says nothing about the model
     * @param keys the keys of stored vectors by text; empty when none may be stored
     * @param stored the vectors that are there already, by text
     */
    EmbeddingCall(
            EmbeddingInput input,
            CallContext context,
            @Nullable KnownVersion version,
            BooleanSupplier isStorable,
            Map<String, AnswerKey> keys,
            Map<String, StoredVector> stored) {
        this.input = input;
        this.context = context;
        this.version = version;
        this.isStorable = isStorable;
        this.keys = keys;
        this.vectors = new HashMap<>(stored);
        this.toSend = new LinkedHashSet<>(input.texts());
        toSend.removeAll(stored.keySet());
        this.characters = toSend.stream().mapToInt(String::length).sum();
        this.open = new LinkedHashSet<>(toSend);
    }

    EmbeddingInput input() {
        return input;
    }

    CallContext context() {
        return context;
    }

    /** Returns the key under which the vector of a text is to be stored; null when the model has changed or vectors were removed meanwhile. */
    @Nullable AnswerKey keyOf(String text) {
        return isCurrent() && isStorable.getAsBoolean() ? keys.get(text) : null;
    }

    /** Returns the keys of stored vectors. */
    Collection<AnswerKey> keys() {
        return keys.values();
    }

    /** Returns the texts that have no stored vector, each once. */
    Set<String> toSend() {
        return toSend;
    }

    /** Returns the length of these texts together. */
    int characters() {
        return characters;
    }

    /** Returns whether the request can be sent as it is: all its texts are to be sent, and none stands twice in it. */
    boolean isWhole() {
        return toSend.size() == input.texts().size();
    }

    /** Returns whether some texts have stored vectors. */
    boolean usesStored() {
        return !toSend.containsAll(input.texts());
    }

    /** Returns whether stored vectors and those of the server belong to one model: no change of models was noticed since the call began. */
    boolean isOfOneModel() {
        return toSend.isEmpty() || !usesStored() || isCurrent();
    }

    private boolean isCurrent() {
        return version != null && version.isCurrent().getAsBoolean();
    }

    /** Returns whose turn it is: callers take turns, and calls without a caller do so each for itself. */
    Object turn() {
        return Objects.requireNonNullElse(context.get(CallAttributes.CALLER), this);
    }

    /** Sets what is done when the caller leaves; it is done at once if the caller has left. */
    void onGone(Runnable action) {
        boolean hasLeft = locked(() -> {
            onGone = action;
            return gone;
        });
        if (hasLeft) {
            action.run();
        }
    }

    /** Returns whether a vector is of use: not when the caller has left, and not when the call has failed. */
    boolean isOpen() {
        return locked(() -> !gone && failure == null);
    }

    /**
     * Takes the vector of a text.
     *
     * @param answer the head of the answer
     * @param isOfSeveral whether the request had texts of other callers, too
     */
    void deliver(String text, StoredVector vector, ExchangeHead answer, boolean isOfSeveral) {
        locked(() -> {
            vectors.put(text, vector);
            open.remove(text);
            head = answer;
            shared |= isOfSeveral;
            return open.isEmpty();
        });
        endIfDone();
    }

    /** Takes the failure of a text, which is that of the call. The first one counts. */
    void fail(ServerAnswer reason, boolean isOfSeveral) {
        locked(() -> {
            failure = failure == null ? reason : failure;
            shared |= isOfSeveral;
            return true;
        });
        endIfDone();
    }

    private void endIfDone() {
        if (locked(() -> failure != null || open.isEmpty())) {
            end.countDown();
        }
    }

    /**
     * Waits until all vectors are there or the call has failed; throws if the caller cancels or has no more time.
     *
     * @param onWait is run now and then during the wait
     */
    void await(Runnable onWait) {
        Cancellation.Registration registration = context.cancellation().onCancel(this::leave);
        boolean isInterrupted = false;
        try {
            boolean hasEnded = false;
            while (!hasEnded) {
                try {
                    hasEnded = end.await(waitTime().toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException interrupted) {
                    isInterrupted = true; // an interrupt does not cancel
                }
                if (!hasEnded) {
                    onWait.run();
                }
            }
        } finally {
            registration.close();
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (locked(() -> gone)) {
            throw new CallCancelledException("the call was cancelled", ErrorFacts.NONE);
        }
    }

    private Duration waitTime() {
        Deadline deadline = context.deadline();
        if (deadline != null && deadline.isExpired()) {
            leave();
            throw new LlmTimeoutException(CallPhase.CALL, deadline.limit(), ErrorFacts.NONE, null);
        }
        return deadline == null || deadline.remaining().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : deadline.remaining();
    }

    private void leave() {
        Runnable action = locked(() -> {
            gone = true;
            return onGone;
        });
        end.countDown();
        if (action != null) {
            action.run();
        }
    }

    /** Returns what the server answered instead of vectors, or null. */
    @Nullable ServerAnswer failure() {
        return locked(() -> failure);
    }

    /** Returns the head of the last answer with vectors, or null when all of them were stored. */
    @Nullable ExchangeHead head() {
        return locked(() -> head);
    }

    /** Returns whether texts of other callers were in the same request. */
    boolean isShared() {
        return locked(() -> shared);
    }

    /** Returns the vector of each text that has one. */
    Map<String, StoredVector> vectors() {
        return locked(() -> Map.copyOf(vectors));
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
