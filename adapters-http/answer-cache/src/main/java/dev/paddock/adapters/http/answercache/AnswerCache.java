package dev.paddock.adapters.http.answercache;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.reuse.AnswerForms;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.CacheReport;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.PreparedCall;
import dev.paddock.domain.reuse.RecordedAnswer;
import dev.paddock.domain.reuse.ReuseClassifier;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerCachePort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.ports.sharedstate.LeasePort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An exact cache of complete answers: one for each chain of exchanges. A failure of its store is a miss, or leaves an answer unstored.
 * Thread-safe.
 */
public final class AnswerCache implements AnswerCachePort {

    private static final int OK = 200;

    private final AnswerCacheSettings settings;
    private final ReuseClassifier classifier;
    private final ModelVersions versions;
    private final @Nullable CaffeineAnswerStore memory; // null over a store of another kind
    private final AnswerStorePort first; // the near one of two, or the only one
    private final AnswerStorePort store;
    private final CacheCounts counts;
    private final Ticker ticker;
    private final InstantSource clock;
    private final AnswerLookup rules = new AnswerLookup(this);
    private volatile CacheTuning tuning;
    private final List<Consumer<AnswerSelection>> clearListeners = new CopyOnWriteArrayList<>();

    private AnswerCache(
            AnswerCacheSettings settings,
            ReuseClassifier classifier,
            ModelVersions versions,
            AnswerStorePort first,
            @Nullable AnswerStorePort second,
            MetricsPort metrics,
            Ticker ticker,
            InstantSource clock) {
        this.settings = requireNonNull(settings, "settings");
        this.classifier = requireNonNull(classifier, "classifier");
        this.versions = requireNonNull(versions, "versions");
        this.memory = first instanceof CaffeineAnswerStore caffeine ? caffeine : null;
        this.first = first;
        this.store = second == null ? first : new TieredAnswerStore(first, second, this::timeLeft);
        this.counts = new CacheCounts(metrics);
        this.ticker = ticker;
        this.clock = clock;
        this.tuning = settings.tuning();
        metrics.gauge(ReuseMetrics.CACHE_BYTES.with(), () -> size(AnswerStorePort::bytes));
        metrics.gauge(ReuseMetrics.CACHE_ENTRIES.with(), () -> size(AnswerStorePort::entries));
    }

    /**
     * Returns a cache in the memory of this process.
     *
     * @param settings its settings
     * @param classifier recognises equal requests
     * @param versions the versions of the models of the same chain
     * @param metrics receives what is counted
     * @param ticker measures time
     */
    public static AnswerCache inMemory(
            AnswerCacheSettings settings,
            ReuseClassifier classifier,
            ModelVersions versions,
            MetricsPort metrics,
            Ticker ticker) {
        CaffeineAnswerStore memory = new CaffeineAnswerStore(settings.tuning().maxBytes(), ticker, metrics);
        return new AnswerCache(settings, classifier, versions, memory, null, metrics, ticker, InstantSource.system());
    }

    /**
     * Returns a cache in the memory of this process, before the answers that several processes share. The other parameters are those of
     * {@link #inMemory}.
     *
     * @param answers the shared answers
     * @param shared tells when another process removed some
     */
    public static AnswerCache before(
            AnswerStorePort answers,
            SharedStatePort shared,
            AnswerCacheSettings settings,
            ReuseClassifier classifier,
            ModelVersions versions,
            MetricsPort metrics,
            Ticker ticker) {
        CaffeineAnswerStore memory = new CaffeineAnswerStore(settings.tuning().maxBytes(), ticker, metrics);
        AnswerCache cache = new AnswerCache(
                settings, classifier, versions, memory, requireNonNull(answers, "answers"), metrics, ticker, InstantSource.system());
        shared.onAnswersRemoved(() -> cache.removeFrom(memory, AnswerSelection.ALL));
        return cache;
    }

    /** Returns a cache over any store. The parameters are those of {@link #inMemory}, and the clock by which answers age. */
    public static AnswerCache over(
            AnswerStorePort store,
            AnswerCacheSettings settings,
            ReuseClassifier classifier,
            ModelVersions versions,
            MetricsPort metrics,
            Ticker ticker,
            InstantSource clock) {
        return new AnswerCache(settings, classifier, versions, requireNonNull(store, "store"), null, metrics, ticker, clock);
    }

    /** Returns the decorator that answers from the cache, for {@link Stage#CACHE}. */
    public ExchangeDecorator lookup() {
        return ExchangeDecorator.of(Stage.CACHE, delegate -> new CachingExchangePort(delegate, this));
    }

    /**
     * Returns the decorator that records answers, for {@link Stage#SINGLE_FLIGHT}: inside a single-flight, so that an answer is recorded
     * once, and also when all of its callers have left.
     */
    public ExchangeDecorator recorder() {
        return ExchangeDecorator.of(Stage.SINGLE_FLIGHT, delegate -> new RecordingExchangePort(delegate, this));
    }

    /**
     * Returns the decorator by which one process at a time asks for an answer that is to be stored, for {@link Stage#SINGLE_FLIGHT}: between
     * a single-flight and the {@link #recorder}.
     */
    public ExchangeDecorator leased(LeasePort leases, MetricsPort metrics) {
        return ExchangeDecorator.of(Stage.SINGLE_FLIGHT, delegate -> new LeasedExchangePort(delegate, this, leases, metrics));
    }

    @Override
    public PreparedCall prepare(ExchangeRequest request, CallContext context) {
        return rules.prepare(request, context);
    }

    @Override
    public CacheReport report() {
        return counts.report(
                (long) size(AnswerStorePort::entries),
                (long) size(AnswerStorePort::bytes),
                memory == null ? 0 : memory.evictions(),
                memory == null ? 0 : memory.expirations());
    }

    @Override
    public CacheTuning tuning() {
        return tuning;
    }

    @Override
    public void tune(CacheTuning newTuning) {
        tuning = requireNonNull(newTuning, "newTuning");
        store.limit(newTuning.maxBytes());
    }

    @Override
    public long clear(AnswerSelection selection) {
        return removeFrom(store, selection);
    }

    private long removeFrom(AnswerStorePort removedFrom, AnswerSelection selection) {
        long removed = removedFrom.remove(selection);
        clearListeners.forEach(listener -> listener.accept(selection));
        return removed;
    }

    /** Returns the present generation of answers, or one that there is not if the store cannot tell. */
    long generation() {
        try {
            return store.generation();
        } catch (RuntimeException broken) {
            counts.storeFailed(CacheCounts.READ);
            return Long.MIN_VALUE;
        }
    }

    /** Adds what also learns that answers were removed, by an operator or by another process; it returns at once. */
    public void onClear(Consumer<AnswerSelection> listener) {
        clearListeners.add(requireNonNull(listener, "listener"));
    }

    /** Returns a stored answer, or null when there is none that can be used. */
    @Nullable StoredAnswer find(AnswerKey key) {
        return find(key, store);
    }

    /** Returns an answer that is in the memory of this process, or null when there is none; never waits. */
    @Nullable StoredAnswer findInMemory(AnswerKey key) {
        return memory == null ? null : find(key, memory);
    }

    /** Returns whether all answers are in the memory of this process, so that no look-up waits. */
    boolean isInMemory() {
        return memory != null && memory.equals(store);
    }

    /** Returns the exchange of an answer that this process stored after the call had missed it, or null when there is none. */
    @Nullable Exchange storedHereMeanwhile(Recording recording, CallContext context) {
        return storedMeanwhile(first, recording, context);
    }

    /** Returns the exchange of an answer that any process stored after the call had missed it, or null when there is none. */
    @Nullable Exchange storedMeanwhile(Recording recording, CallContext context) {
        return storedMeanwhile(store, recording, context);
    }

    /** A model that has changed meanwhile has no stored answer: others may have joined the call since. */
    private @Nullable Exchange storedMeanwhile(AnswerStorePort searched, Recording recording, CallContext context) {
        return versions.isCurrent(recording.version()) ? exchange(find(recording.key(), searched), recording, context) : null;
    }

    private @Nullable Exchange exchange(@Nullable StoredAnswer stored, Recording recording, CallContext context) {
        if (stored == null) {
            return null;
        }
        RecordedAnswer answer = AnswerForms.inShape(
                recording.request().target(), stored.answer(), stored.shape(), recording.shape());
        return answer == null ? null : exchange(stored, answer, CacheLabel.hit(timeLeft(stored)), context);
    }

    private @Nullable StoredAnswer find(AnswerKey key, AnswerStorePort searched) {
        try {
            StoredAnswer found = searched.find(key);
            if (found == null || found.key().equals(key)) {
                return found;
            }
        } catch (RuntimeException broken) {
            // An entry that cannot be read is a miss, which is counted; the server answers.
        }
        counts.storeFailed(CacheCounts.READ);
        return null;
    }

    /** Stores an answer of a generation, unless the cache was switched off meanwhile. */
    void store(StoredAnswer answer, long generation) {
        store(answer.kind(), timeToLive -> store.put(answer, timeToLive, generation));
    }

    /**
     * Does the same with an answer that is examined when it is used for the first time: most answers never are. Returns false, and stores
     * nothing, if others can see the store.
     *
     * @param examination returns the answer with what is known of it then, or null when it is not complete
     */
    boolean storeUnexamined(StoredAnswer answer, Function<StoredAnswer, @Nullable StoredAnswer> examination, long generation) {
        CaffeineAnswerStore own = memory;
        if (own == null || !isInMemory()) {
            return false;
        }
        store(answer.kind(), timeToLive -> own.put(answer, examination, timeToLive, generation));
        return true;
    }

    private void store(ReuseKind kind, Consumer<Duration> put) {
        CacheTuning present = tuning;
        if (!present.isEnabled()) {
            return;
        }
        try {
            put.accept(present.timeToLive(kind));
            counts.stored();
        } catch (RuntimeException broken) {
            counts.storeFailed(CacheCounts.WRITE); // its caller has got the answer all the same
        }
    }

    /** Returns how long a stored answer may still be used. */
    Duration timeLeft(StoredAnswer stored) {
        Duration left = tuning.timeToLive(stored.kind()).minus(stored.age(clock.instant()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns the exchange that gives a stored answer, in any of its forms. */
    Exchange exchange(StoredAnswer stored, RecordedAnswer answer, CacheLabel label, CallContext context) {
        Headers headers = label.addTo(answer, stored.age(clock.instant()));
        Provenance provenance = Provenance.of(stored.backend(), 0, false).withSource(Provenance.Source.CACHE);
        return new MemoryExchange(
                new ExchangeHead(OK, headers, answer.framing(), provenance), answer.frames(), AnswerVerdict.OK, context);
    }

    AnswerCacheSettings settings() {
        return settings;
    }

    AnswerLookup rules() {
        return rules;
    }

    ReuseClassifier classifier() {
        return classifier;
    }

    ModelVersions versions() {
        return versions;
    }

    CacheCounts counts() {
        return counts;
    }

    Ticker ticker() {
        return ticker;
    }

    InstantSource clock() {
        return clock;
    }

    private double size(ToLongFunction<AnswerStorePort> size) {
        try {
            return size.applyAsLong(store);
        } catch (RuntimeException broken) {
            return 0;
        }
    }
}
