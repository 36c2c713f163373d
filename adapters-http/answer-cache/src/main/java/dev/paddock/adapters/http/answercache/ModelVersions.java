package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.model.ModelName;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.answercache.ModelVersionSettings.ModelVersioning;
import dev.paddock.adapters.http.wire.TypedRequest;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the models of a server, as they were at most one poll ago: one for each chain of exchanges. The list is read when a call
 * needs it and it is older than that, and as soon as a request that passes through here has changed a model. While such a request is in
 * progress its models have no version. Thread-safe.
 */
public final class ModelVersions {

    /** How long a call waits for the list; then its answer is not stored. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long no call waits after the list could not be read. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final ModelVersionSettings settings;
    private final long pollNanos;
    private final @Nullable TypedRequest<List<ModelSummary>> models; // null for several servers
    private final @Nullable Supplier<@Nullable Map<String, String>> known; // null for one server
    private final Ticker ticker;
    private volatile Runnable changeListener = () -> {};
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Set<String>> changing = new ArrayList<>(); // this and all below are guarded by lock
    private @Nullable DigestReader list; // null until there is a chain
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
     * @param models the request for the list of the server's models, with their digests
     * @param ticker measures the age of the list
     */
    public ModelVersions(ModelVersionSettings settings, TypedRequest<List<ModelSummary>> models, Ticker ticker) {
        this.settings = requireNonNull(settings, "settings");
        this.pollNanos = TimeUnit.NANOSECONDS.convert(settings.poll());
        this.models = requireNonNull(models, "models");
        this.known = null;
        this.ticker = requireNonNull(ticker, "ticker");
    }

    /**
     * Creates the versions of the models of several servers; nothing is read before the first call.
     *
     * @param known reads the digests by the canonical names of the models, from all servers; null when they cannot be read
     * @param ticker measures the age of the digests
     */
    public ModelVersions(ModelVersionSettings settings, Supplier<@Nullable Map<String, String>> known, Ticker ticker) {
        this.settings = requireNonNull(settings, "settings");
        this.pollNanos = TimeUnit.NANOSECONDS.convert(settings.poll());
        this.models = null;
        this.known = requireNonNull(known, "known");
        this.ticker = requireNonNull(ticker, "ticker");
    }

    /**
     * Returns the decorator that observes changes and reads the list, for {@link Stage#BATCH}: behind all that use the versions, so that each
     * change is counted before they learn of its end.
     */
    public ExchangeDecorator decorator() {
        return ExchangeDecorator.of(Stage.BATCH, delegate -> {
            Cancellation closing = Cancellation.create();
            attach(models == null ? loop -> requireNonNull(known, "known").get() : new DigestList(delegate, models, ticker, closing)::read);
            return new ModelChangePort(delegate, this, closing);
        });
    }

    private void attach(DigestReader read) {
        lock.lock();
        try {
            if (list != null) {
                throw new IllegalStateException("the versions of models belong to one chain of exchanges");
            }
            list = read;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the present version of a model, or null when it is not known within a short time, or just now changing. */
    public @Nullable ModelVersion of(String model, CallContext context) {
        String name = ModelName.canonical(model);
        lock.lock();
        try {
            if (settings.versioning() == ModelVersioning.DIGEST) {
                awaitDigests(name, context);
            }
            return presentOf(name);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the present version of a model, or null when {@link #of} would have to wait for it; has the list read in time, as that does. */
    @Nullable ModelVersion knownOf(String model, CallContext context) {
        String name = ModelName.canonical(model);
        lock.lock();
        try {
            if (settings.versioning() == ModelVersioning.DIGEST && isFresh() && !isChanging(name) && !isPaused()) {
                readInTime(context.get(CallAttributes.EVENT_LOOP));
            }
            return presentOf(name);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ModelVersion presentOf(String name) {
        if (isChanging(name)) {
            return null;
        }
        if (settings.versioning() == ModelVersioning.NAME) {
            return new ModelVersion("changes-" + changes, changes);
        }
        String digest = isFresh() ? digests.getOrDefault(name, "") : "";
        return digest.isEmpty() ? null : new ModelVersion(digest, changes);
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

    /** Reports that a change of models begins; of any, if the set is empty. */
    void begin(Set<String> names) {
        lock.lock();
        try {
            changing.add(names);
            changes++;
        } finally {
            lock.unlock();
        }
    }

    /** Reports that a change has ended, in whatever way. */
    void end(Set<String> names) {
        lock.lock();
        try {
            changing.remove(names);
            changes++;
            readAgain();
        } finally {
            lock.unlock();
        }
        changeListener.run();
    }

    /** Reports that another client of the server may have changed models. Returns at once; without a call nothing is read. */
    public void changedElsewhere() {
        lock.lock();
        try {
            changes++;
            if (isKnown || isReading) {
                readAgain();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sets what else learns that a request that passed through here may have changed models; it returns at once. */
    public void onChange(Runnable listener) {
        changeListener = requireNonNull(listener, "listener");
    }

    private void readAgain() {
        isKnown = false;
        hasFailed = false;
        if (settings.versioning() == ModelVersioning.DIGEST) {
            startReading(null);
        }
    }

    private boolean isChanging(String name) {
        return !changing.isEmpty() && changing.stream().anyMatch(names -> names.isEmpty() || names.contains(name));
    }

    private boolean isFresh() {
        return isKnown && ageNanos(readAt) < pollNanos;
    }

    private long ageNanos(long since) {
        return ticker.nanos() - since;
    }

    /** Sees to it that the digests are read, and waits for them if there are none that can be used. */
    private void awaitDigests(String name, CallContext context) {
        if (isChanging(name) || isPaused()) {
            return;
        }
        readInTime(context.get(CallAttributes.EVENT_LOOP));
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

    private boolean isPaused() {
        return hasFailed && ageNanos(failedAt) < PAUSE_AFTER_FAILURE.toNanos();
    }

    /** Has the list read if it is too old, or will soon be. */
    private void readInTime(@Nullable Executor loop) {
        if (!isFresh() || ageNanos(readAt) > pollNanos / 2) {
            startReading(loop);
        }
    }

    private void startReading(@Nullable Executor loop) {
        DigestReader reader = list;
        if (!isReading && reader != null) {
            isReading = true;
            Thread.ofVirtual().name("paddock-model-versions").start(() -> read(reader, loop));
        }
    }

    /** Reads the list until no change ended meanwhile, which it may not show. */
    private void read(DigestReader reader, @Nullable Executor loop) {
        boolean isDone = false;
        while (!isDone) {
            long before = changesNow();
            long start = ticker.nanos();
            Map<String, String> read = null;
            try {
                read = reader.read(loop);
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

    /** Reads the digests. */
    @FunctionalInterface
    private interface DigestReader {

        /**
         * Returns the digests by the canonical names of the models, or null when they cannot be read.
         *
         * @param loop the event loop of the call that needs them, or null: a connection that is opened for them serves such calls best there
         */
        @Nullable Map<String, String> read(@Nullable Executor loop);
    }
}
