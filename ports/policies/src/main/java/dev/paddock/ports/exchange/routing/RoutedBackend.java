package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.routing.BackendState;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.domain.routing.PlacementClass;
import dev.paddock.domain.routing.RunnerOptions;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of one server, shared by all clients of a process. Thread-safe. */
final class RoutedBackend {

    /** Callers choose the names of models, so their number is bounded. */
    private static final int MOST_MODELS = 1000;

    /** How long a model is taken to stay loaded after a call, until the server says it. */
    private static final Duration USUAL_KEEP_ALIVE = Duration.ofMinutes(5);

    /** A server that does not answer so many times in a row is taken to be down. */
    private static final int SILENT_POLLS = 2;

    private volatile Backend backend;
    private final Ticker ticker;
    private final Function<String, DecayingMean> loadTimes;
    private final OutlierDetector outliers;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger residents = new AtomicInteger();
    private final AtomicInteger loading = new AtomicInteger();
    private final Map<String, RoutedModel> models = new ConcurrentHashMap<>(); // by canonical name
    private final Lock lock = new ReentrantLock();
    private volatile boolean drained;
    private final AtomicInteger failedPolls = new AtomicInteger();
    private final AtomicInteger digestChanges = new AtomicInteger();
    private volatile int capacity = Integer.MAX_VALUE; // models in memory, as far as it is known; written under the lock
    private boolean hasGrown; // whether a model was loaded since the last list of those in memory; guarded by lock
    private volatile boolean residencyKnown;
    private volatile boolean listKnown;
    private volatile long learnedAt;

    /**
     * Creates it.
     *
     * @param loadTimes returns the time to load a model on any server, by its canonical name
     */
    RoutedBackend(Backend backend, Ticker ticker, Function<String, DecayingMean> loadTimes) {
        this.backend = backend;
        this.ticker = ticker;
        this.loadTimes = loadTimes;
        this.outliers = new OutlierDetector(ticker.nanos());
    }

    Backend backend() {
        return backend;
    }

    /** Takes another weight, other slots and other labels. */
    void configure(Backend newBackend) {
        backend = newBackend;
    }

    OutlierDetector outliers() {
        return outliers;
    }

    long hash() {
        return backend.id().value().hashCode() * 0x9e3779b97f4a7c15L;
    }

    double failurePenalty() {
        return outliers.penalty(ticker.nanos());
    }

    /** Returns the model of the given name; an empty one stands for calls to no model. */
    RoutedModel model(String canonicalName) {
        RoutedModel known = models.get(canonicalName);
        if (known != null) {
            return known;
        }
        if (models.size() >= MOST_MODELS) {
            models.values().removeIf(RoutedModel::forgetIfUnused);
        }
        return models.computeIfAbsent(canonicalName, name -> new RoutedModel(
                this,
                name,
                listKnown && !name.isEmpty() ? RoutedModel.Presence.ABSENT : RoutedModel.Presence.UNKNOWN,
                loadTimes.apply(name)));
    }

    boolean isResidencyKnown() {
        return residencyKnown;
    }

    /** Returns whether another model can be loaded without unloading one, as far as it is known. */
    boolean hasRoom() {
        return residents.get() + loading.get() < capacity;
    }

    int loading() {
        return loading.get();
    }

    /** Returns how much a further model crowds out: more models in memory, and without spare room more so if all were used just now. */
    double crowding(boolean hasSpareRoom, long now) {
        double crowd = 1 + residents.get() + loading.get();
        return hasSpareRoom ? crowd : crowd + 10 / (1 + longestIdle(now) / 1e9);
    }

    /** Returns the longest time for which a model in memory was not used, in nanoseconds; 0 when there is none. */
    long longestIdle(long now) {
        long longest = 0;
        for (RoutedModel model : models.values()) {
            RoutedModel.Residency residency = model.residency();
            if (residency != null && model.isIdle()) {
                longest = Math.max(longest, now - residency.provenAt());
            }
        }
        return longest;
    }

    boolean isDrained() {
        return drained;
    }

    void setDrained(boolean isDrained) {
        drained = isDrained;
    }

    boolean isUnreachable() {
        return failedPolls.get() >= SILENT_POLLS;
    }

    BackendState state(long now) {
        if (drained) {
            return BackendState.DRAINED;
        }
        return outliers.isEjected(now) ? BackendState.EJECTED : isUnreachable() ? BackendState.UNREACHABLE : BackendState.ACTIVE;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Counts a call in. */
    int begin(RoutedModel model, PlacementClass placement, RunnerOptions options, long now) {
        inFlight.incrementAndGet();
        int ofModel = model.begin();
        if (placement.beginsLoad()) {
            beginLoading(model, placement, options, now);
        }
        return ofModel;
    }

    private void beginLoading(RoutedModel model, PlacementClass placement, RunnerOptions options, long now) {
        lock.lock();
        try {
            if (model.residency() != null) {
                forget(model); // it is loaded again with other options
            } else if (placement == PlacementClass.MUST_EVICT && !hasRoom()) {
                models.values().stream()
                        .filter(other -> other.residency() != null && other.isIdle())
                        .min(Comparator.comparingLong(other -> expiry(other) - now))
                        .ifPresent(this::forget);
            }
            model.beginLoading(options, now);
            loading.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    private static long expiry(RoutedModel model) {
        RoutedModel.Residency residency = model.residency();
        return residency == null ? 0 : residency.expiresAt();
    }

    private void forget(RoutedModel model) {
        if (model.residency() != null) {
            model.setResidency(null);
            residents.decrementAndGet();
        }
    }

    private void prove(RoutedModel model, RunnerOptions options, long now, long expiresAt) {
        if (model.residency() == null) {
            residents.incrementAndGet();
        }
        model.setResidency(new RoutedModel.Residency(options, now, expiresAt));
    }

    void endLoading(RoutedModel model) {
        model.endLoading();
        loading.decrementAndGet();
    }

    /** Notes that a model has answered, so that it is loaded. */
    void answered(RoutedModel model, RunnerOptions options, long now) {
        lock.lock();
        try {
            RoutedModel.Residency before = model.residency();
            RunnerOptions known = options.orElse(before == null ? RunnerOptions.ANY : before.options());
            hasGrown |= before == null;
            long keepAlive = Math.max(USUAL_KEEP_ALIVE.toNanos(), before == null ? 0 : before.expiresAt() - now);
            prove(model, known, now, now + keepAlive);
        } finally {
            lock.unlock();
        }
    }

    void end(RoutedModel model) {
        inFlight.decrementAndGet();
        model.end();
    }

    /** Notes that the server did not answer when it was asked for its models. */
    void pollFailed() {
        failedPolls.incrementAndGet();
    }

    /** Takes the list of the models of the server, requested at the given time. */
    void listed(List<ModelSummary> list, long requestedAt) {
        Map<String, String> digests = new HashMap<>();
        list.forEach(model -> digests.merge(ModelName.canonical(model.name()), model.digest(), (one, other) -> one));
        listKnown = true;
        boolean hasChanged = false;
        for (Map.Entry<String, String> listed : digests.entrySet()) {
            hasChanged |= model(listed.getKey()).listed(listed.getValue(), requestedAt);
        }
        for (RoutedModel model : models.values()) {
            if (!model.name().isEmpty() && !digests.containsKey(model.name())) {
                hasChanged |= model.listed(null, requestedAt);
            }
        }
        if (hasChanged) {
            digestChanges.incrementAndGet();
        }
        answeredPoll();
    }

    /** Returns how often a list has shown another digest; each client compares when it has not seen the latest one. */
    int digestChanges() {
        return digestChanges.get();
    }

    /**
     * Takes the list of the models in memory.
     *
     * @param requestedAt when it was requested, by the ticker
     * @param interval the time since the list before: what expires within it says nothing of the room
     */
    void running(List<RunningModel> list, long requestedAt, Duration interval, Instant wallClock) {
        lock.lock();
        try {
            long now = ticker.nanos();
            Map<String, RunningModel> running = new HashMap<>();
            list.forEach(model -> running.put(ModelName.canonical(model.name()), model));
            hasGrown |= running.keySet().stream().anyMatch(name -> model(name).residency() == null || model(name).loading() > 0);
            boolean hasLost = false;
            for (RoutedModel model : models.values()) {
                RoutedModel.Residency before = model.residency();
                if (before != null && !running.containsKey(model.name()) && before.provenAt() - requestedAt < 0) {
                    hasLost |= before.expiresAt() - now > interval.toNanos();
                    forget(model);
                }
            }
            running.forEach((name, model) -> takeRunning(model(name), model, now, wallClock));
            if (hasGrown && hasLost) {
                capacity = Math.max(1, running.size());
            } else if (running.size() > capacity) {
                capacity = running.size();
            }
            hasGrown = false;
            residencyKnown = true;
        } finally {
            lock.unlock();
        }
        answeredPoll();
    }

    private void takeRunning(RoutedModel model, RunningModel running, long now, Instant wallClock) {
        RoutedModel.Residency before = model.residency();
        RunnerOptions known = before == null ? RunnerOptions.ANY : before.options();
        // A server may grant a smaller window than was asked for: requests that ask for the same one are served all the same.
        RunnerOptions options = known.contextLength() == null ? new RunnerOptions(running.contextLength(), known.others()) : known;
        Instant expiry = running.expiresAt();
        // Another process may use it: the server counts anew when its calls have ended, and keeps a model in use beyond its time.
        boolean isUsedElsewhere = model.isOtherExpiry(expiry) || (expiry != null && expiry.isBefore(wallClock));
        Duration left = expiry == null ? USUAL_KEEP_ALIVE : Duration.between(wallClock, expiry);
        boolean isLong = left.compareTo(Duration.ofDays(1000)) > 0;
        Duration bounded = isLong ? Duration.ofDays(1000) : model.isIdle() ? left : USUAL_KEEP_ALIVE.plus(left.isNegative() ? Duration.ZERO : left);
        prove(model, options, before == null || isUsedElsewhere ? now : before.provenAt(), now + bounded.toNanos());
    }

    private void answeredPoll() {
        failedPolls.set(0);
        learnedAt = ticker.nanos();
    }

    /** Returns the digest of a model by the last list; empty when it is not known. */
    String digest(String canonicalName) {
        RoutedModel known = models.get(canonicalName);
        return known == null ? "" : known.digest();
    }

    /** Returns the models that the server lists. */
    List<RoutedModel> listedModels() {
        return models.values().stream().filter(model -> model.presence() == RoutedModel.Presence.LISTED).toList();
    }

    /** Returns the time since the last answer about the models, or null before all that can be learned is known. */
    @Nullable Duration age(long now) {
        boolean isKnown = listKnown && (residencyKnown || !backend.hasNativeApi());
        return isKnown ? Duration.ofNanos(now - learnedAt) : null;
    }

    BackendStatus status() {
        long now = ticker.nanos();
        List<BackendStatus.ModelStatus> shown = models.values().stream()
                .filter(model -> !model.name().isEmpty())
                .filter(model -> model.presence() == RoutedModel.Presence.LISTED || !model.isIdle() || model.residency() != null)
                .sorted(Comparator.comparing(RoutedModel::name))
                .map(model -> model.status(now))
                .toList();
        return new BackendStatus(backend, state(now), inFlight.get(), outliers.failureShare(now), age(now), shown);
    }
}
