package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose texts can be sent with one request: for the same model with the same options and credentials. While a request is in progress
 * the calls that come are collected; its return sends them. A call with at least as many texts as a batch would have is sent at once, and
 * no other call waits for it. Thread-safe.
 */
final class EmbeddingGroup {

    /** How long a limit that the server has shown is believed. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    /** A request is overdue after this time and {@value #MUCH} times the usual one. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MUCH = 4;
    private static final double WEIGHT_OF_NEW = 0.2;

    private final BatchLimits limits;
    private final MetricsPort metrics;
    private final Ticker ticker;
    private final Lock lock = new ReentrantLock();
    private final BatchSizeLearner learner; // this and all below are guarded by lock
    private final Map<Object, Deque<EmbeddingCall>> waiting = new LinkedHashMap<>(); // by caller, in the order of their turns
    private int textsWaiting;
    private int textsInProgress;
    private int requestsInProgress;
    private @Nullable Departure awaited; // the request in progress that calls wait for
    private double usualNanos; // that such a request takes
    private long lastEnd; // of a request, or the start of the first one
    private int bytesOfVector; // of the last answer
    private int shownLimit = Integer.MAX_VALUE;
    private long shownAt;

    EmbeddingGroup(BatchLimits limits, MetricsPort metrics, Ticker ticker) {
        this.limits = limits;
        this.metrics = metrics;
        this.ticker = ticker;
        this.learner = new BatchSizeLearner(limits.array() == null ? limits.texts() : Math.min(limits.texts(), limits.array()));
    }

    /** Why a request has no more texts. */
    enum End {
        /** Nothing was in progress, or the call has enough texts itself. */
        AT_ONCE("at_once"),
        /** The request before it returned, and nothing else waited. */
        RETURNED("returned"),
        /** It has as many texts as were learned to be best. */
        TEXTS("texts"),
        /** It has as many characters or bytes as the settings allow. */
        LENGTH("length");

        private final String label;

        End(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * Calls that are sent with one request.
     *
     * @param calls the calls
     * @param texts how many texts they have together
     * @param size the size of batches when they were sent
     * @param end why there are no more
     * @param at when they were sent, in nanoseconds of the ticker
     */
    record Departure(List<EmbeddingCall> calls, int texts, int size, End end, long at) {}

    /** Returns how the texts of a call are to be sent now, or null if the call waits. */
    @Nullable Departure enter(EmbeddingCall call) {
        lock.lock();
        try {
            int texts = call.toSend().size();
            boolean isAlone = learner.size() == 1 ? requestsInProgress < learner.sideBySide() : texts >= learner.size();
            if (isAlone || (learner.size() > 1 && awaited == null)) {
                return depart(List.of(call), texts, !isAlone, End.AT_ONCE);
            }
            waiting.computeIfAbsent(call.turn(), caller -> new ArrayDeque<>()).add(call);
            textsWaiting += texts;
            metrics.adjust(BatchMetrics.WAITING.with(), 1);
            return null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reports that a request has ended.
     *
     * @param isAnswered whether it was answered with vectors
     * @return what is to be sent next
     */
    List<Departure> returned(Departure departure, boolean isAnswered) {
        lock.lock();
        try {
            long now = ticker.nanos();
            int all = textsInProgress + textsWaiting;
            boolean isTelling = isAnswered && all > departure.texts() && departure.size() == learner.size();
            if (isTelling && departure.texts() <= limits.texts()) {
                learner.record(departure.texts(), now - lastEnd, all);
            }
            lastEnd = now;
            requestsInProgress--;
            textsInProgress -= departure.texts();
            if (departure.equals(awaited)) {
                awaited = null;
                usualNanos += WEIGHT_OF_NEW * (now - departure.at() - usualNanos);
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is to be sent because the request in progress takes much longer than usual; nothing if it does not. */
    List<Departure> overdue() {
        lock.lock();
        try {
            long since = awaited == null ? lastEnd : awaited.at();
            Departure batch = ticker.nanos() - since > PATIENCE.toNanos() + MUCH * usualNanos ? nextBatch() : null;
            return batch == null ? List.of() : List.of(batch);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the calls that are to be sent now: one batch, or several calls side by side if batches do not pay. */
    private List<Departure> next() {
        List<Departure> departures = new ArrayList<>();
        while (!waiting.isEmpty() && (learner.size() == 1 ? requestsInProgress < learner.sideBySide() : awaited == null)) {
            Departure batch = nextBatch();
            if (batch != null) {
                departures.add(batch);
            }
        }
        return departures;
    }

    private @Nullable Departure nextBatch() {
        int size = Math.min(learner.size(), arrayLimit());
        List<EmbeddingCall> taken = new ArrayList<>();
        int texts = 0;
        long characters = 0;
        End end = End.RETURNED;
        while (!waiting.isEmpty() && end == End.RETURNED) {
            EmbeddingCall call = waiting.values().iterator().next().getFirst();
            int more = call.toSend().size();
            if (!call.isOpen()) {
                metrics.count(BatchMetrics.DISCARDED.with(), more);
                removeFirst(false);
            } else if (!taken.isEmpty() && texts + more > size) {
                end = End.TEXTS;
            } else if (!taken.isEmpty() && isTooLong(texts + more, characters + call.characters())) {
                end = End.LENGTH;
            } else {
                taken.add(call);
                texts += more;
                characters += call.characters();
                removeFirst(true);
            }
        }
        return taken.isEmpty() ? null : depart(taken, texts, learner.size() > 1, end);
    }

    /** Removes the first call. The turn of its caller is over if it was taken. */
    private void removeFirst(boolean isTaken) {
        Map.Entry<Object, Deque<EmbeddingCall>> first = waiting.entrySet().iterator().next();
        Object caller = first.getKey();
        Deque<EmbeddingCall> calls = first.getValue();
        textsWaiting -= calls.removeFirst().toSend().size();
        metrics.adjust(BatchMetrics.WAITING.with(), -1);
        if (isTaken || calls.isEmpty()) {
            waiting.remove(caller);
        }
        if (isTaken && !calls.isEmpty()) {
            waiting.put(caller, calls);
        }
    }

    /** A character has up to three bytes in UTF-8. */
    private boolean isTooLong(int texts, long characters) {
        return characters > limits.characters() || 3 * characters + (long) texts * bytesOfVector > limits.bytes();
    }

    private Departure depart(List<EmbeddingCall> calls, int texts, boolean isAwaited, End end) {
        Departure departure = new Departure(calls, texts, learner.size(), end, ticker.nanos());
        if (requestsInProgress == 0) {
            lastEnd = departure.at();
        }
        if (isAwaited) {
            awaited = departure;
        }
        requestsInProgress++;
        textsInProgress += texts;
        return departure;
    }

    /** Returns how many texts the server accepts with one request, as far as that is known. */
    int arrayLimit() {
        lock.lock();
        try {
            boolean isBelieved = shownLimit < Integer.MAX_VALUE && ticker.nanos() - shownAt < MEMORY.toNanos();
            int shown = isBelieved ? shownLimit : Integer.MAX_VALUE;
            return limits.array() == null ? shown : Math.min(shown, limits.array());
        } finally {
            lock.unlock();
        }
    }

    /** Learns that the server has refused more texts than these because of their number. */
    void limitTo(int texts) {
        lock.lock();
        try {
            shownLimit = Math.min(texts, arrayLimit());
            shownAt = ticker.nanos();
        } finally {
            lock.unlock();
        }
    }

    /** Learns how long the text of a vector is. */
    void vectorHas(int bytes) {
        lock.lock();
        try {
            bytesOfVector = bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long the text of a vector is, zero if that is not known. */
    int bytesOfVector() {
        lock.lock();
        try {
            return bytesOfVector;
        } finally {
            lock.unlock();
        }
    }
}
