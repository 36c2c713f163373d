package dev.paddock.adapters.http.answercache.embedding;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.paddock.adapters.http.answercache.AnswerCache;
import dev.paddock.adapters.http.answercache.ModelResidency;
import dev.paddock.adapters.http.answercache.ModelVersions;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingGroup.Departure;
import dev.paddock.adapters.http.answercache.embedding.ModelVersionSource.KnownVersion;
import dev.paddock.adapters.http.wire.embedding.EmbeddingInput;
import dev.paddock.domain.error.AnswerNotCachedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.PhaseTimeouts;
import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.ClassifiedRequest;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.ReuseClassifier;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Embeds each text once, and the texts of several callers together. Known texts are answered from memory; the rest is sent. While a request
 * for the same model with the same options and credentials is in progress, the texts of other callers are collected, and its return sends
 * them. A caller's own array that is longer than the server accepts is sent in parts.
 *
 * <p>Other requests, and those that are not understood, pass unchanged. Thread-safe.
 */
public final class EmbeddingExchangePort implements ExchangePort, AutoCloseable {

    /** The field of an answer that states {@code estimated} when its numbers of tokens are shares in what the server counted together. */
    public static final String USAGE = "X-Paddock-Usage";

    private static final int MOST_GROUPS = 1024;
    private static final Duration IDLE_GROUP = Duration.ofMinutes(10);

    /** The expected size of a vector before one was seen. */
    private static final int USUAL_VECTOR = 16 << 10;

    private final ExchangePort delegate;
    private final EmbeddingBatchSettings settings;
    private final ReuseClassifier classifier;
    private final ModelVersionSource versions;
    private final MetricsPort metrics;
    private final Ticker ticker;
    private final @Nullable VectorCache cache;
    private final EmbeddingSender sender;
    private final Cache<GroupKey, EmbeddingGroup> groups;
    private final ModelResidency residency;

    EmbeddingExchangePort(
            ExchangePort delegate,
            EmbeddingBatchSettings settings,
            ReuseClassifier classifier,
            ModelVersionSource versions,
            ModelResidency residency,
            MetricsPort metrics,
            Ticker ticker) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.settings = requireNonNull(settings, "settings");
        this.classifier = requireNonNull(classifier, "classifier");
        this.versions = requireNonNull(versions, "versions");
        this.residency = requireNonNull(residency, "residency");
        this.metrics = requireNonNull(metrics, "metrics");
        this.ticker = requireNonNull(ticker, "ticker");
        this.cache = settings.cacheBytes() == 0
                ? null
                : new VectorCache(settings.cacheBytes(), settings.timeToLive(), metrics, ticker);
        metrics.adjust(BatchMetrics.WAITING.with(), 0);
        List.of(BatchMetrics.TEXTS, BatchMetrics.SPLITS, BatchMetrics.RESENT, BatchMetrics.DISCARDED)
                .forEach(counter -> metrics.count(counter.with(), 0)); // so that rates show the first ones
        this.sender = new EmbeddingSender(delegate, metrics, this::store);
        this.groups = Caffeine.newBuilder().maximumSize(MOST_GROUPS).expireAfterAccess(IDLE_GROUP).ticker(ticker::nanos).build();
    }

    /**
     * Returns the decorator for {@link Stage#BATCH} of ports that reach one server.
     *
     * @param classifier finds the requests that can be taken apart
     * @param versions the versions of the models of the same chain: vectors of an unknown model are not stored
     * @param ticker what times are measured with
     * @param answers the cache of answers of the same chain, or null for none; what removes answers from it also removes vectors
     */
    public static ExchangeDecorator decorator(
            EmbeddingBatchSettings settings,
            ReuseClassifier classifier,
            ModelVersions versions,
            MetricsPort metrics,
            Ticker ticker,
            @Nullable AnswerCache answers) {
        return ExchangeDecorator.of(Stage.BATCH, delegate -> {
            EmbeddingExchangePort port = new EmbeddingExchangePort(
                    delegate, settings, classifier, ModelVersionSource.of(versions), new ModelResidency(delegate, ticker), metrics, ticker);
            if (answers != null) {
                answers.onClear(port::forget);
            }
            return port;
        });
    }

    /** Removes stored vectors; those that are on their way are not stored. */
    void forget(AnswerSelection selection) {
        if (cache != null) {
            cache.remove(selection);
        }
    }

    @Override
    public void close() {
        residency.close();
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        CacheControl control = Objects.requireNonNullElse(context.get(CallAttributes.CACHE_CONTROL), CacheControl.DEFAULT);
        EmbeddingInput input = control.noStore() ? null : inputOf(request, context);
        return input == null ? delegate.open(request, context) : open(input, control, context);
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        if (request.operation().operationClass() == OperationClass.EMBED) {
            ExchangePort.super.begin(request, context, end); // a batch is waited for
        } else {
            delegate.begin(request, context, end);
        }
    }

    private @Nullable EmbeddingInput inputOf(ExchangeRequest request, CallContext context) {
        if (request.operation().operationClass() != OperationClass.EMBED) {
            return null;
        }
        RequestReuse reuse = ClassifiedRequest.of(request, context, classifier);
        boolean isEmbedding = reuse instanceof RequestReuse.Reusable reusable && reusable.kind() == ReuseKind.EMBEDDING;
        return isEmbedding ? EmbeddingInput.of(request) : null;
    }

    private Exchange open(EmbeddingInput input, CacheControl control, CallContext context) {
        long start = ticker.nanos();
        VectorCache vectors = cache;
        long generation = vectors == null ? 0 : vectors.generation(); // before vectors are looked up
        KnownVersion version = vectors == null ? null : versions.versionOf(input.model(), context);
        Map<String, AnswerKey> keys = keys(input, version, context);
        EmbeddingCall call = new EmbeddingCall(
                input,
                context,
                version,
                () -> vectors != null && vectors.generation() == generation,
                keys,
                storedVectors(input, keys, control));
        if (call.toSend().isEmpty()) {
            residency.keep(input.request(), context);
            return answer(call, control, start);
        }
        if (control.onlyIfCached()) {
            throw new AnswerNotCachedException("there is no stored vector for some texts, and the caller wants no other", ErrorFacts.NONE);
        }
        EmbeddingGroup group = groups.get(
                GroupKey.of(input, version, context), missing -> new EmbeddingGroup(settings.limits(), metrics, ticker));
        if (isTooLong(call, group)) {
            return delegate.open(input.request(), context);
        }
        Departure departure = group.enter(call);
        if (departure != null) {
            Exchange unchanged = sender.send(call, group, departure);
            return unchanged == null ? answer(call, control, start) : unchanged;
        }
        call.await(() -> sender.sendOverdue(group));
        metrics.duration(BatchMetrics.WAIT.with(), Duration.ofNanos(ticker.nanos() - start));
        return answer(call, control, start);
    }

    private Map<String, AnswerKey> keys(EmbeddingInput input, @Nullable KnownVersion version, CallContext context) {
        Map<String, AnswerKey> keys = new HashMap<>();
        if (cache != null && version != null) {
            String tenant = settings.tenancy().tenantOf(context);
            RequestFingerprint common = input.vectorFingerprint(context);
            for (String text : input.texts()) {
                keys.computeIfAbsent(text, missing ->
                        new AnswerKey(tenant, input.model(), version.text(), EmbeddingInput.textFingerprint(common, missing)));
            }
        }
        return keys;
    }

    private Map<String, StoredVector> storedVectors(EmbeddingInput input, Map<String, AnswerKey> keys, CacheControl control) {
        Map<String, StoredVector> stored = new HashMap<>();
        VectorCache vectors = cache;
        if (vectors != null && !keys.isEmpty()) {
            keys.forEach((text, key) -> {
                StoredVector vector = vectors.find(key, control);
                if (vector != null) {
                    stored.put(text, vector);
                }
            });
            metrics.count(BatchMetrics.LOOKUPS.with("hit"), stored.size());
            metrics.count(BatchMetrics.LOOKUPS.with("miss"), keys.size() - stored.size());
            metrics.count(BatchMetrics.LOOKUPS.with("duplicate"), input.texts().size() - keys.size());
        }
        return stored;
    }

    /** Returns whether an answer may be so long that it is better not collected in memory, where it need not be. */
    private static boolean isTooLong(EmbeddingCall call, EmbeddingGroup group) {
        int texts = call.toSend().size();
        int bytesOfVector = group.bytesOfVector() == 0 ? USUAL_VECTOR : group.bytesOfVector();
        return call.isWhole() && texts <= group.arrayLimit() && (long) texts * bytesOfVector > EmbeddingSender.LONGEST_BUFFERED;
    }

    private void store(String text, StoredVector vector, List<EmbeddingCall> calls) {
        for (EmbeddingCall call : calls) {
            AnswerKey key = call.keyOf(text);
            if (cache != null && key != null) {
                cache.put(key, vector);
                if (call.keyOf(text) == null) {
                    cache.remove(List.of(key)); // a removal may have passed its place already
                }
            }
        }
    }

    /**
     * Returns the answer to a call that has its vectors, or that has failed. Vectors of different models under one name are of no use
     * together: then the stored ones are out of date, and all texts are sent. Where that was so, the request is sent as it is.
     */
    private Exchange answer(EmbeddingCall call, CacheControl control, long start) {
        Exchange answer = CallAnswer.of(call, ticker.nanos() - start);
        if (answer != null) {
            return answer;
        }
        if (cache != null) {
            cache.remove(call.keys());
        }
        return call.usesStored()
                ? open(call.input(), control.withNoCache(), call.context())
                : delegate.open(call.input().request(), call.context());
    }

    /** What must be equal for texts to be sent with one request; calls of different urgency wait in different places. */
    private record GroupKey(
            RequestFingerprint request,
            String version,
            CallAttributes.@Nullable Priority priority,
            @Nullable PhaseTimeouts timeouts) {

        static GroupKey of(EmbeddingInput input, @Nullable KnownVersion version, CallContext context) {
            return new GroupKey(
                    input.requestFingerprint(context),
                    version == null ? "" : version.text(),
                    context.get(CallAttributes.PRIORITY),
                    context.get(CallAttributes.PHASE_TIMEOUTS));
        }
    }
}
