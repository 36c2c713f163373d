package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.answercache.AnswerCacheSettings.ModelVersioning;
import dev.paddock.adapters.http.wire.TypedRequest;
import dev.paddock.adapters.http.wire.reuse.ModelChanges;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the models of a server, as they were at most one poll ago. The list is read when a call needs it and it is older than that,
 * and as soon as a request that passes through here has changed a model. While such a request is in progress its models have no version.
 * Thread-safe.
 */
public final class ModelVersions {

    /** How long a call waits for the list; then its answer is not stored. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long no call waits after the list could not be read. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final ModelVersioning versioning;
    private final Supplier<@Nullable Map<String, String>> list;
    private final Duration poll;
    private final Ticker ticker;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Set<String>> changing = new ArrayList<>(); // this and all below are guarded by lock
    private Map<String, String> digests = Map.of();
    private boolean isKnown; // whether the digests are those after the last change
    private long readAt; // when the request for the list was sent
    private long failedAt;
    private boolean hasFailed;
    private boolean isReading;
    private boolean isSlow; // whether a call has waited in vain for the list that is being read; no other one does
    private long changes;

    /**
     * Creates the versions; nothing is read before the first call.
     *
     * @param list reads the digests by the canonical names of the models; returns null if that fails
     */
    ModelVersions(ModelVersioning versioning, Supplier<@Nullable Map<String, String>> list, Duration poll, Ticker ticker) {
        this.versioning = versioning;
        this.list = list;
        this.poll = poll;
        this.ticker = ticker;
    }

    /**
     * Returns the versions of the models of a server; nothing is read before the first call.
     *
     * @param port reaches the server
     * @param models the request for the list of its models
     * @param poll how old the list may be
     * @param closing ends the reading of the list
     */
    public static ModelVersions ofServer(
            ModelVersioning versioning,
            ExchangePort port,
            TypedRequest<List<ModelSummary>> models,
            Duration poll,
            Ticker ticker,
            Cancellation closing) {
        return new ModelVersions(versioning, new DigestList(port, models, ticker, closing), poll, ticker);
    }

    /** Returns the present version of a model, or null when it is not known within a short time, or just now changing. */
    public @Nullable ModelVersion of(String model, CallContext context) {
        String name = ModelChanges.canonicalName(model);
        lock.lock();
        try {
            if (versioning == ModelVersioning.NAME) {
                return isChanging(name) ? null : new ModelVersion("changes-" + changes, changes);
            }
            awaitDigests(name, context);
            String digest = isFresh() ? digests.getOrDefault(name, "") : "";
            return digest.isEmpty() || isChanging(name) ? null : new ModelVersion(digest, changes);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether no change of models was noticed since a version was returned. */
    public boolean isCurrent(ModelVersion version) {
        lock.lock();
        try {
            return version.changes() == changes;
        } finally {
            lock.unlock();
        }
    }

    /** Passes a request that may change models. */
    public Exchange observe(ExchangeRequest request, Supplier<Exchange> opening) {
        Set<String> models = ModelChanges.modelsIn(request);
        begin(models);
        try {
            return new ForwardingExchange(opening.get()) {
                @Override
                protected void ended(ExchangeOutcome outcome) {
                    end(models);
                }
            };
        } catch (RuntimeException | Error failure) {
            end(models);
            throw failure;
        }
    }

    private void begin(Set<String> models) {
        lock.lock();
        try {
            changing.add(models);
            changes++;
        } finally {
            lock.unlock();
        }
    }

    private void end(Set<String> models) {
        lock.lock();
        try {
            changing.remove(models);
            changes++;
            isKnown = false;
            hasFailed = false;
            if (versioning == ModelVersioning.DIGEST) {
                startReading();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isChanging(String name) {
        return changing.stream().anyMatch(models -> models.isEmpty() || models.contains(name));
    }

    private boolean isFresh() {
        return isKnown && age(readAt).compareTo(poll) < 0;
    }

    private Duration age(long since) {
        return Duration.ofNanos(ticker.nanos() - since);
    }

    /** Sees to it that the digests are read, and waits for them if there are none that can be used. */
    private void awaitDigests(String name, CallContext context) {
        boolean isPaused = hasFailed && age(failedAt).compareTo(PAUSE_AFTER_FAILURE) < 0;
        if (isChanging(name) || isPaused) {
            return;
        }
        if (!isFresh() || age(readAt).multipliedBy(2).compareTo(poll) > 0) {
            startReading();
        }
        Deadline deadline = context.deadline();
        Duration patience = deadline == null || deadline.remaining().compareTo(PATIENCE) > 0 ? PATIENCE : deadline.remaining();
        long left = isSlow ? 0 : patience.toNanos();
        while (isReading && !isFresh() && left > 0 && !context.cancellation().isCancelled()) {
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        isSlow |= left <= 0 && isReading && !isFresh() && patience.equals(PATIENCE);
    }

    private void startReading() {
        if (!isReading) {
            isReading = true;
            Thread.ofVirtual().name("paddock-model-versions").start(this::read);
        }
    }

    /** Reads the list until no change ended meanwhile, which it may not show. */
    private void read() {
        boolean isDone = false;
        while (!isDone) {
            long before = changesNow();
            long start = ticker.nanos();
            Map<String, String> read = null;
            try {
                read = list.get();
            } finally {
                isDone = accept(read, start, before);
            }
        }
    }

    private long changesNow() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    private boolean accept(@Nullable Map<String, String> read, long start, long before) {
        lock.lock();
        try {
            if (read != null && before != changes) {
                return false;
            }
            if (read == null) {
                hasFailed = true;
                failedAt = ticker.nanos();
            } else {
                changes += read.equals(digests) ? 0 : 1; // by another client
                digests = read;
                readAt = start;
                isKnown = true;
                hasFailed = false;
            }
            isReading = false;
            isSlow = false;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
